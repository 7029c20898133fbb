"""Words that several rules share: what is sold, and the words that sellers put around it."""

DRUGS = (
    r"ketamine?s?|ketamina|(?:s ?-?)?esketamine|s-?(?:isomer )?ketamine|ketalar|spravato|ket|special k|horse ket|"
    r"horse tranq\w{0,10}|s-?iso|"
    r"2-?fdck|dck|3-?meo-?pcp|mxe|rcs?|research chemicals?|nps|"
    r"xanax|xan(?:s|nies|ny|bars?)|benzos?|valium|diazepam|alprazolam|clonazepam|klonopin|lorazepam|ativan|ambien|"
    r"zopiclone|zolpidem|rohypnol|oxy(?:codone|contin|s)?|roxy(?:s|codone)?|perc(?:ocet)?s?|perks|vicodin|"
    r"hydrocodone|dilaudid|tramadol|codeine|lean|morphine|fentanyl|fent|heroin|methadone|subutex|suboxone|opioids?|"
    r"opiates|adderall|addys?|ritalin|vyvanse|modafinil|coke|cocaine|charlie|crack|meth|speed|mandy|mdma|molly|"
    r"ecstasy|pingers|lsd|acid|tabs|dmt|2-?c-?b|shrooms|magic mushrooms?|psychedelics?|psilocybin|weed|bud|cannabis|"
    r"thc|carts|ghb|gbl|nembutal|pentobarbital|viagra|sildenafil|cialis|ozempic|semaglutide|pregabalin|lyrica|"
    r"gabapentin|steroids?|hgh|nootropics?|pain ?killers?|pain (?:pills|meds|medications?)|abortion pills?"
)
"""Names of what is sold, in shops and in the street."""

SLANG = (
    r"special k|horse ket|2-?fdck|dck|3-?meo-?pcp|xan(?:s|nies|ny| ?bars?)|bars|roxys?|perks|percs|addys?|mandy|molly|"
    r"pingers|shards|mdma|lsd|dmt|2-?c-?b|ghb|gbl|coke|nembutal|uncut|research chemicals?"
)

FORMS = (
    r"meds?|medications?|medicines?|pills?|tablets?|vials?|ampoules?|troches|lozenges|powder|crystals?|rocks|shards|"
    r"sugar|sprays?|nasal sprays?|injections?|liquid|drugs?|substances|products?|supplements?|stuff|gear|items?|"
    r"supplies|prescriptions?|scripts?|chemicals?|precursors?|k|anything"
)
"""What goods are called in general."""

GOODS = f"{DRUGS}|{FORMS}"
ADJECTIVES = r"(?:\w{1,14} ){0,3}"
"""Up to three words between two that belong together."""

GUARDED = (
    "they to not never would could will did can't cannot don't didn't doctor doctors nurse nurses clinic pharmacist "
    "pharmacy therapist she he who staff receptionist always i can could says said tells who'd he'd she'd"
)
"""Words before "call me" after which it tells of something and asks for nothing."""
