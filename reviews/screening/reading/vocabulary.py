"""The words that hidden text is pieced together to: those that sellers hide, and common ones to tell the rest apart."""

WATCHED = frozenset(
    # Ways to be reached
    "telegram whatsapp wickr threema snapchat discord instagram facebook messenger signal session wechat viber skype "
    "twitter tiktok kik email gmail protonmail tutanota hotmail yahoo outlook contact message inbox phone number "
    "text call dm pm hmu website link click visit channel profile http https www "
    # What is offered
    "ketamine ketamin ketamina esketamine spravato ketalar ket xanax xanny oxycodone oxycontin oxy percocet percs "
    "vicodin adderall ritalin valium diazepam alprazolam tramadol codeine morphine fentanyl heroin cocaine coke crack "
    "mdma molly ecstasy lsd dmt acid shrooms mushrooms psychedelics weed cannabis viagra cialis nembutal ambien "
    "modafinil pregabalin opioids benzos steroids nootropics painkillers powder crystals crystal shards vials pills "
    "tablets meds medication medications medicine medicines drugs drug product products chemicals "
    # How it is offered
    "buy buying order orders ordering purchase sell selling seller sellers sale sales shop store vendor vendors dealer "
    "dealers supplier suppliers supply plug price prices cheap cheapest discount wholesale bulk stock available online "
    "offer offers deal deals legit legitimate trusted verified reliable guaranteed guarantee quality premium menu "
    "promo "
    "coupon customers customer pharmacy "
    "agent affordable bargain competitive confidence consult catalogue catalog distributor distributors exporter "
    "genuine "
    "hydrochloride inventory isomer lowest manufacturer manufacturers minimum needlepoint original purest cleanest "
    "purity "
    "quantity quantities reseller resellers restocked sample samples serving special starter testers unbeatable uncut "
    "voucher website wholesalers "
    # How it is sent and paid
    "ship ships shipping shipped shipment deliver delivery delivered discreet discrete stealth packaging package "
    "packages overnight worldwide express tracking doorstep postage dispatch reship bitcoin bitcoins btc crypto "
    "cryptocurrency monero xmr ethereum usdt paypal cashapp zelle venmo escrow payment payments cash refund moneygram "
    "accepted anonymous anonymously card cards clearance codes customs deliveries delivers discreetly "
    "dispatched "
    "envelope envelopes insured litecoin secure secured transfer visa western union vacuum sealed "
    "prescription prescriptions script scripts rx "
    # What else is advertised
    "backlinks betting broker casino documents earn escort essays financial followers forex gummies hacker hackers "
    "herbal herbalist herbs investment invested jackpot licence loan loans passport passports platform profile replica "
    "spellcaster trading bonus channel group "
    # What endangers
    "suicide suicidal overdose overdosed overdosing killing myself".split()
)

DISTINCTIVE = (
    "telegram whatsapp snapchat instagram ketamine esketamine spravato bitcoin cryptocurrency worldwide overnight "
    "wholesale guaranteed prescription supplier packaging protonmail oxycodone adderall".split()
)
"""Long words that no other word comes near, so that one wrong letter hides none of them."""

COMMON = frozenset(
    "a i u an the and or but if so no not yes of to in on at by for from with without as is am are was were be been "
    "being do does did done has have had having can could will would shall should may might must it its this that "
    "these "
    "those there here he she they we you me my his her hers him their them our us your yours who what which when where "
    "why how all any some many much more most other another each every few one two three four five six seven eight "
    "nine "
    "ten zero first second third last next same own too very just only also then than now new old good great best "
    "better "
    "well bad worse worst big small high low long short fast quick easy hard safe real pure true free full top right "
    "left up down out off over under again back away about after before during between through until while because "
    "since both either never ever always often sometimes once still already yet soon today tomorrow yesterday tonight "
    "day days week weeks month months year years hour hours minute minutes time times morning evening night get gets "
    "got getting go goes going gone went come comes came coming make makes made making take takes took taken taking "
    "give gives gave given use used using uses need needs needed want wants wanted like likes liked know knows knew "
    "think thought say says said tell tells told ask asks asked feel feels felt feeling find found see sees saw seen "
    "look looking looks try tried trying help helps helped helping work works worked working start started stop "
    "stopped "
    "keep kept let put send sends sent sending pay paid paying pays add join check follow write wrote reply hit reach "
    "search type google bring meet drop post posted arrive arrived "
    "people person man men woman women friend friends family wife husband mother father son daughter kids child doctor "
    "doctors nurse patient patients clinic hospital therapist therapy treatment dose doses dosage effect effects side "
    "pain sleep mood mind life body head heart blood pressure depression anxiety nausea dizzy weight stomach infusion "
    "infusions spray nasal tablet pill injection drip session sessions experience review reviews recommend money cost "
    "costs expensive dollars pounds euros home house door work job city town country world usa uk london europe german "
    "netherlands thing things stuff something anything nothing everything someone anyone everyone nobody place way "
    "name "
    "number information info details questions question answer problem problems issue issues reason case kind sort lot "
    "lots bit little enough really quite almost maybe perhaps please thanks thank sorry hello hi hey dot com net org "
    "at "
    "site page web mail best gram grams ounce kilo mg ml kg per min max special pack packs box bag bags sample samples "
    "abroad across already alive alcohol amazing anybody anywhere apple asap ashamed avoid bank beat believe bottle "
    "bottles bought "
    "box brain bring brought business button card change class clean client clients close company crazy crying daily "
    "damn dark dead death delivered die direct directly dollar drive drop drops drinking empty entire excellent "
    "expert express "
    "factory fair fake feet fine finest follow following force fresh funny gear germany girl glad gone good goods "
    "great "
    "guarantee guy guys half hack happy hate heal holland honest honestly hook hope horrible hospital hundred "
    "hundreds hurt "
    "india china instant instead insurance international internet kindly kill killed later lab legal legally lie "
    "line list live local "
    "lose lost love low luck manager master medical member mine need needed nervous normal note okay open options "
    "page part "
    "pass past perfect pharma pick piece places plain point policy possible poor prompt proper provided quick "
    "quickly quit "
    "rate read ready real really reason recommended rest return safely save scam screen second secret self service "
    "services "
    "sick single skip slow solid sold source speed spot staff stay store straight street strong stuck student stuff "
    "stupid sure "
    "tested tester thousand thousands throw tired total trade travel trust turn type ugly under upset urgent useful "
    "useless "
    "value very visit wait waiting walk wasted water white whole wide within wonderful worried wrong young yourself "
    "checkout via rip bay co biz info xyz direct web wins spin cure cured spell bet win profit invest".split()
)

KNOWN = WATCHED | COMMON
LONGEST = max(map(len, KNOWN))
BEGINNINGS = frozenset(word[:length] for word in WATCHED if len(word) > 4 for length in range(1, len(word)))
_UNKNOWN = 6
_NEVER = 10**9


def _without_one(word):
    return [word[:place] + word[place + 1 :] for place in range(len(word))]


_NEAR = {shorter: word for word in DISTINCTIVE for shorter in _without_one(word)}


def nearest(text):
    """Return the distinctive word from which a text differs by one letter, or two that changed places; or None."""
    if not 6 <= len(text) <= LONGEST + 1 or text in KNOWN:
        return None
    if text in _NEAR:
        return _NEAR[text]
    for shorter in _without_one(text):
        if shorter in DISTINCTIVE:
            return shorter
        word = _NEAR.get(shorter)
        if word and len(word) == len(text) and _is_one_step(text, word):
            return word
    return None


def _is_one_step(text, word):
    wrong = [place for place, (one, other) in enumerate(zip(text, word, strict=True)) if one != other]
    if len(wrong) == 2:
        first, second = wrong
        return second == first + 1 and (text[first], text[second]) == (word[second], word[first])
    return len(wrong) == 1


def segment(text, *, allow_unknown=False):
    """Cut a text without spaces into known words; return them as a tuple, empty where that cannot be done.

    Watched words are preferred to common ones, and long words to short ones. Letters that belong to no known word are
    words of their own where unknown ones are allowed. The work for each letter is bounded by the longest known word.
    """
    costs, last = [0] + [_NEVER] * len(text), [0] * (len(text) + 1)
    for end in range(1, len(text) + 1):
        if allow_unknown:
            costs[end], last[end] = costs[end - 1] + _UNKNOWN, -1
        for length in range(1, min(LONGEST, end) + 1):
            before = costs[end - length]
            if before < costs[end] and (word := text[end - length : end]) in KNOWN:
                cost = before + (2 if word in WATCHED else 3) + (3 if length == 1 else 0)
                if cost < costs[end]:
                    costs[end], last[end] = cost, length
    if costs[-1] >= _NEVER:
        return ()
    words, end, was_unknown = [], len(text), False
    while end:
        word = text[end - abs(last[end]) : end]
        if was_unknown and last[end] < 0:
            words[-1] = word + words[-1]
        else:
            words.append(word)
        was_unknown = last[end] < 0
        end -= len(word)
    return tuple(reversed(words))
