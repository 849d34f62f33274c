"""How people write Dutch municipalities, and what each text means: "text = keys", several keys make a question."""

FOUND = """
's-Gravenhage = s-gravenhage
s-Gravenhage = s-gravenhage
's Gravenhage = s-gravenhage
s'Gravenhage = s-gravenhage
’s-Gravenhage = s-gravenhage
‘s gravenhage = s-gravenhage
`s-Gravenhage = s-gravenhage
Gravenhage = s-gravenhage
Den Haag = s-gravenhage
den haag = s-gravenhage
DEN HAAG = s-gravenhage
Den  Haag = s-gravenhage
Den-Haag = s-gravenhage
The Hague = s-gravenhage
Gemeente Den Haag = s-gravenhage
gem. Den Haag = s-gravenhage
Den Haag (gemeente) = s-gravenhage
Den Haag (ZH) = s-gravenhage
Den Haag, Zuid-Holland = s-gravenhage
Den Haag / 's-Gravenhage = s-gravenhage
Den Haag ('s-Gravenhage) = s-gravenhage
2511 CB Den Haag = s-gravenhage
2511CB Den Haag = s-gravenhage
Scheveningen = s-gravenhage
's-Hertogenbosch = s-hertogenbosch
s Hertogenbosch = s-hertogenbosch
's Hertogenbosch = s-hertogenbosch
Den Bosch = s-hertogenbosch
den bosch = s-hertogenbosch
's-Hertogenbosch (Den Bosch) = s-hertogenbosch
Gemeente 's-Hertogenbosch = s-hertogenbosch
Hertogenbosch = s-hertogenbosch
Rosmalen = s-hertogenbosch
Nuenen = nuenen-gerwen-en-nederwetten
nuenen c.a. = nuenen-gerwen-en-nederwetten
Nuenen, Gerwen en Nederwetten = nuenen-gerwen-en-nederwetten
Nuenen Gerwen en Nederwetten = nuenen-gerwen-en-nederwetten
Gemeente Nuenen = nuenen-gerwen-en-nederwetten
Hengelo = hengelo-o
Hengelo (O.) = hengelo-o
Hengelo (O) = hengelo-o
Hengelo O = hengelo-o
Hengelo (Ov.) = hengelo-o
Hengelo Overijssel = hengelo-o
Hengelo, Overijssel = hengelo-o
Hengelo (Gld.) = bronckhorst
Hengelo Gld = bronckhorst
Rijswijk = rijswijk-zh
Rijswijk (ZH.) = rijswijk-zh
Rijswijk (Z-H) = rijswijk-zh
Rijswijk ZH = rijswijk-zh
Ryswyk = rijswijk-zh
RIJSWIJK = rijswijk-zh
Rijswijk (Gld) = buren
Rijswijk NB = altena
Bergen (NH.) = bergen-nh
Bergen NH = bergen-nh
Bergen nh = bergen-nh
Bergen (N-H) = bergen-nh
Bergen (Noord-Holland) = bergen-nh
Bergen, Noord-Holland = bergen-nh
Bergen aan Zee = bergen-nh
Bergen (L.) = bergen-l
Bergen (L) = bergen-l
Bergen L = bergen-l
Bergen Limburg = bergen-l
Bergen (Lb.) = bergen-l
Gemeente Bergen (L.) = bergen-l
Bergen op Zoom = bergen-op-zoom
Bergen-op-Zoom = bergen-op-zoom
bergen o/z = bergen-op-zoom
Middelburg = middelburg-z
Middelburg (Z.) = middelburg-z
Middelburg Zeeland = middelburg-z
Laren = laren-nh
Laren (NH) = laren-nh
Laren Gld = lochem
Beek = beek-l
Beek (L.) = beek-l
Stein = stein-l
Stein (Limburg) = stein-l
Súdwest-Fryslân = sudwest-fryslan
Sudwest-Fryslan = sudwest-fryslan
Súdwest Fryslân = sudwest-fryslan
Zuidwest-Friesland = sudwest-fryslan
Sneek = sudwest-fryslan
Bolsward = sudwest-fryslan
De Fryske Marren = de-fryske-marren
De Friese Meren = de-fryske-marren
Fryske Marren = de-fryske-marren
Skarsterlân = de-fryske-marren
Noardeast-Fryslân = noardeast-fryslan
Noordoost-Friesland = noardeast-fryslan
Dokkum = noardeast-fryslan
Dantumadeel = dantumadiel
Tietjerksteradeel = tytsjerksteradiel
Tytsjerksteradiel = tytsjerksteradiel
Ljouwert = leeuwarden
Leeuwarderadeel = leeuwarden
Het Bildt = waadhoeke
Franeker = waadhoeke
Drachten = smallingerland
Bussum = gooise-meren
Naarden = gooise-meren
Muiden = gooise-meren
Weesp = amsterdam
A'dam = amsterdam
Gemeente Amsterdam = amsterdam
municipality of Amsterdam = amsterdam
AMSTERDAM, Nederland = amsterdam
Heerhugowaard = dijk-en-waard
Langedijk = dijk-en-waard
Beemster = purmerend
Uden = maashorst
Cuijk = land-van-cuijk
Cuyk = land-van-cuijk
Boxmeer = land-van-cuijk
Brielle = voorne-aan-zee
Hellevoetsluis = voorne-aan-zee
Delfzijl = eemsdelta
Appingedam = eemsdelta
Haren = groningen
Haren (Gr.) = groningen
Haren Gr = groningen
Haren (NB) = oss
Groningen (Gr) = groningen
Utrecht (Ut) = utrecht
Gemeente Utrecht = utrecht
Utrecht (gemeente) = utrecht
Utrecht (Utrecht) = utrecht
Vleuten-De Meern = utrecht
Leerdam = vijfheerenlanden
Vianen = vijfheerenlanden
Oud-Beijerland = hoeksche-waard
Oud Beyerland = hoeksche-waard
Werkendam = altena
Geldermalsen = west-betuwe
Hoogezand-Sappemeer = midden-groningen
Hoogezand = midden-groningen
Veghel = meierijstad
Sint-Oedenrode = meierijstad
St. Oedenrode = meierijstad
Sint Michielsgestel = sint-michielsgestel
St. Michielsgestel = sint-michielsgestel
Spijkenisse = nissewaard
Schoonhoven = krimpenerwaard
Boskoop = alphen-aan-den-rijn
Alphen a/d Rijn = alphen-aan-den-rijn
Alphen aan de Rijn = alphen-aan-den-rijn
Capelle a/d IJssel = capelle-aan-den-ijssel
Capelle aan den Yssel = capelle-aan-den-ijssel
Krimpen a/d IJssel = krimpen-aan-den-ijssel
IJsselstein = ijsselstein
Ijsselstein = ijsselstein
IJSSELSTEIN = ijsselstein
Ĳsselstein = ijsselstein
Ysselstein = ijsselstein
Nymegen = nijmegen
Naaldwijk = westland
Monster = westland
Voorburg = leidschendam-voorburg
Leidschendam = leidschendam-voorburg
Leidschendam Voorburg = leidschendam-voorburg
Zaandam = zaanstad
Hoofddorp = haarlemmermeer
IJmuiden = velsen
Emmeloord = noordoostpolder
Nijverdal = hellendoorn
Twello = voorst
Velp = rheden
Oosterbeek = renkum
Valkenburg aan de Geul = valkenburg-aan-de-geul
Valkenburg (ZH.) = katwijk
Sittard = sittard-geleen
Geleen = sittard-geleen
Hendrik Ido Ambacht = hendrik-ido-ambacht
H.I. Ambacht = hendrik-ido-ambacht
Wijk bij Duurstede = wijk-bij-duurstede
Aa & Hunze = aa-en-hunze
Ambt Montfort = roerdalen
Meppen = coevorden
Velden = venlo
Drunen = heusden
Amsterdm = amsterdam
Rotterdan = rotterdam
Groningne = groningen
Eindhovven = eindhoven
Leeuwardne = leeuwarden
Zoetemeer = zoetermeer
Hilversm = hilversum
Apeldorn = apeldoorn
Leidschendam-Vorburg = leidschendam-voorburg
Pijnaker-Nootdorp = pijnacker-nootdorp
"""

AMBIGUOUS = """
Bergen = bergen-l;bergen-nh
bergen = bergen-l;bergen-nh
Gemeente Bergen = bergen-l;bergen-nh
Haaren = boxtel;oisterwijk;tilburg;vught
Gemeente Haaren = boxtel;oisterwijk;tilburg;vught
Valkenburg = katwijk;valkenburg-aan-de-geul
Ouderkerk = krimpenerwaard;ouder-amstel
Boarnsterhim = de-fryske-marren;heerenveen;leeuwarden;sudwest-fryslan
Littenseradiel = leeuwarden;sudwest-fryslan;waadhoeke
Maasdonk = oss;s-hertogenbosch
Meerlo-Wanssum = horst-aan-de-maas;venray
Winsum = het-hogeland;westerkwartier
Alphen = alphen-aan-den-rijn;alphen-chaam;west-maas-en-waal
Elst = overbetuwe;rhenen
Haarle = hellendoorn;tubbergen
Rotterdam / Den Haag = rotterdam;s-gravenhage
"""

UNKNOWN = """
xyzzy
qwertyuiop
asdf
test
?
-
n.v.t.
n v t
onbekend
nvt
geen
thuis
gemeente
Gemeente
stad
Nederland
Zeeland
Limburg
Noord-Holland
Zuid-Holland
Gelderland
Essen
Antwerpen
Brussel
Berlijn
Londen
Parijs
Amsterdamsestraatweg 12
Kerkstraat
1234 AB
12345
0
🙂
Rijswijk (Friesland)
Hengelo (NH)
Hoofdkantoor
diverse locaties
heel Nederland
randstad
regio Haaglanden
thuiswerken
in overleg
niet bekend
Bred
Urkk
Goess
Tielt
Velsn
"""


def rows(table: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return the rows of a table above as text and keys."""
    split = (line.rpartition(" = ") for line in table.strip().splitlines())
    return [(text, tuple(keys.split(";"))) for text, _, keys in split]
