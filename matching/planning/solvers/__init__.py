"""The solvers, each over the same problem; whatever they return is only a claim."""
