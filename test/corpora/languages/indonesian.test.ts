import { describe, expect, it } from 'vitest';
import { affixed, reduplicated } from '../../../corpora/languages/indonesian/affixes.ts';
import { indonesian } from '../../../corpora/languages/indonesian/indonesian.ts';
import { village } from '../../../corpora/languages/indonesian/phrases.ts';
import * as words from '../../../corpora/languages/indonesian/words.ts';
import { NAME_COUNT, SYLLABLE_COUNT } from '../../../corpora/world/concepts.ts';
import { finish } from '../../../corpora/world/finish.ts';
import type { Sentence } from '../../../corpora/world/meaning.ts';
import { at, drawn, filled, fresh, future, gist, known, past, peopleOf, present, some } from './meanings.ts';

const { anybody, named, pronoun, worker, relative } = peopleOf(words.NAMES);
const rina = named('Rina');
const budi = named('Budi');
const she = pronoun('Rina');
const he = pronoun('Budi');

const say = (sentence: Sentence) => finish(indonesian.tell(sentence), indonesian.writing);

const BY_KIND: Readonly<Record<Sentence['kind'], readonly (readonly [Sentence, string])[]>> = {
  opening: [
    [
      {
        kind: 'opening',
        ...past,
        when: { day: 'friday', part: 'afternoon' },
        who: worker('Rina', 'fisher', null, [66, 51]),
        place: 'bridge',
      },
      'Jumat sore lalu Rina, nelayan dari Yese, ada di jembatan.',
    ],
    [
      {
        kind: 'opening',
        ...present,
        when: { day: 'sunday', part: 'night' },
        who: worker('Budi', 'smith', 40),
        place: 'harbour',
      },
      'Tiap Minggu malam Budi (40), pandai besi, ada di pelabuhan.',
    ],
    [
      {
        kind: 'opening',
        ...future,
        when: { day: 'monday', part: 'dawn' },
        who: worker('Laras', 'dancer', 33, [0, 7, 69]),
        place: 'farm',
      },
      'Senin subuh depan Laras (33), penari dari Abiyu, akan ada di peternakan.',
    ],
    [
      {
        kind: 'opening',
        ...past,
        when: { date: 5, month: 'june', year: 1948 },
        who: worker('Siti', 'king'),
        place: 'inn',
      },
      'Pada 5 Juni 1948 Siti, penguasa, ada di penginapan.',
    ],
    [
      {
        kind: 'opening',
        ...present,
        when: { date: 24, month: 'february', year: null },
        who: worker('Siti', 'singer'),
        place: 'roof',
      },
      'Tiap 24 Februari Siti, penyanyi, ada di atap.',
    ],
    [
      {
        kind: 'opening',
        ...future,
        when: { date: 1, month: 'august', year: 2086 },
        who: worker('Siti', 'tailor'),
        place: 'library',
      },
      'Pada 1 Agustus 2086 Siti, penjahit, akan ada di perpustakaan.',
    ],
  ],
  has: [
    [{ kind: 'has', ...past, who: rina, things: [some('cake')] }, 'Rina punya sebuah kue.'],
    [
      {
        kind: 'has',
        ...present,
        who: she,
        things: [some('letter', 4, 'strange'), some('orange', 24, 'dry')],
      },
      'Ia punya empat surat aneh dan 24 jeruk kering.',
    ],
    [
      {
        kind: 'has',
        ...future,
        who: budi,
        things: [some('leaf'), some('egg', 1, 'fresh'), some('axe', 1, 'sharp'), some('letter')],
      },
      'Budi punya sehelai daun, sebutir telur segar, sebilah kapak tajam, dan sepucuk surat.',
    ],
    [
      {
        kind: 'has',
        ...past,
        who: he,
        things: [filled('bowl', 'soup'), filled('sack', 'rice', 2, 'cheap'), filled('spoonful', 'honey', 10)],
      },
      'Ia punya semangkuk sup, dua karung beras murah, dan 10 sendok madu.',
    ],
    [
      { kind: 'has', ...past, who: he, things: [some('shoe', 1, 'wet'), some('glove'), some('fish')] },
      'Ia punya sebelah sepatu basah, sebelah sarung tangan, dan seekor ikan.',
    ],
    [
      {
        kind: 'has',
        ...past,
        who: he,
        things: [some('candle'), some('rope'), some('ring'), some('necklace')],
      },
      'Ia punya sebatang lilin, seutas tali, sebentuk cincin, dan seuntai kalung.',
    ],
    [
      {
        kind: 'has',
        ...past,
        who: he,
        things: [some('flower'), some('bone'), some('map'), some('scissors')],
      },
      'Ia punya setangkai bunga, sepotong tulang, selembar peta, dan sebuah gunting.',
    ],
    [
      { kind: 'has', ...past, who: he, things: [some('coat', 3, 'old'), some('stone', 9, 'old')] },
      'Ia punya tiga mantel lama dan sembilan batu tua.',
    ],
  ],
  'still has': [
    [
      {
        kind: 'still has',
        ...past,
        who: she,
        things: [some('letter', 4, 'strange'), some('orange'), filled('cup', 'tea', 3)],
      },
      'Ia masih punya surat-surat itu, jeruk itu, dan teh itu.',
    ],
    [
      { kind: 'still has', ...future, who: budi, things: [some('kite', 6), some('newspaper', 2)] },
      'Budi masih punya layang-layang itu dan koran-koran itu.',
    ],
  ],
  wants: [
    [{ kind: 'wants', ...past, who: she, thing: some('papaya', 2) }, 'Ia mau dua pepaya.'],
    [
      { kind: 'wants', ...future, who: budi, thing: some('notebook', 99, 'torn') },
      'Budi mau 99 buku tulis robek.',
    ],
  ],
  goes: [
    [
      { kind: 'goes', ...past, who: she, motion: 'walk', to: { place: 'waterfall' }, at: null },
      'Ia berjalan ke air terjun.',
    ],
    [
      { kind: 'goes', ...past, who: budi, motion: 'travel', to: { village: [42, 8] }, at: at(17, 5) },
      'Budi bepergian ke Pibo pukul 17.05.',
    ],
    [
      { kind: 'goes', ...past, who: she, motion: 'sneak', to: { place: 'playground' }, at: at(6, 0) },
      'Ia menyelinap ke taman bermain pukul 6.00.',
    ],
    [
      { kind: 'goes', ...past, who: she, motion: 'wander', to: { place: 'mill' }, at: null },
      'Ia mengembara ke penggilingan.',
    ],
  ],
  deals: [
    [
      {
        kind: 'deals',
        ...past,
        who: she,
        dealing: 'hug',
        other: worker('Wati', 'writer', 77, [9, 60]),
        at: at(10, 21),
      },
      'Ia memeluk Wati (77), penulis dari Buwa, pukul 10.21.',
    ],
    [
      {
        kind: 'deals',
        ...past,
        who: he,
        dealing: 'meet',
        other: relative('Sri', 'friend', 'Budi'),
        at: null,
      },
      'Ia menemui Sri, teman Budi.',
    ],
    [
      {
        kind: 'deals',
        ...past,
        who: he,
        dealing: 'visit',
        other: relative('Wati', 'olderSister', 'Budi', 60, [10, 11, 12]),
        at: null,
      },
      'Ia mengunjungi Wati (60), kakak perempuan Budi dari Dadedi.',
    ],
    [{ kind: 'deals', ...past, who: he, dealing: 'find', other: rina, at: null }, 'Ia menemukan Rina.'],
    [
      { kind: 'deals', ...past, who: budi, dealing: 'thank', other: rina, at: at(8, 53) },
      'Budi berterima kasih kepada Rina pukul 8.53.',
    ],
    [{ kind: 'deals', ...past, who: he, dealing: 'greet', other: rina, at: null }, 'Ia menyapa Rina.'],
    [{ kind: 'deals', ...past, who: he, dealing: 'teach', other: rina, at: null }, 'Ia mengajar Rina.'],
    [{ kind: 'deals', ...past, who: he, dealing: 'help', other: rina, at: null }, 'Ia menolong Rina.'],
    [{ kind: 'deals', ...past, who: he, dealing: 'see', other: rina, at: null }, 'Ia melihat Rina.'],
    [{ kind: 'deals', ...past, who: he, dealing: 'hear', other: rina, at: null }, 'Ia mendengar Rina.'],
    [{ kind: 'deals', ...past, who: he, dealing: 'wake', other: rina, at: null }, 'Ia membangunkan Rina.'],
  ],
  does: [
    [
      { kind: 'does', ...past, who: she, deed: 'buy', mention: fresh(some('rope', 99, 'light')), coins: 367 },
      'Ia membeli 99 tali ringan seharga 367 koin.',
    ],
    [
      { kind: 'does', ...past, who: she, deed: 'sell', mention: known(some('rope', 99, 'light')), coins: 12 },
      'Ia menjual tali-tali itu seharga 12 koin.',
    ],
    [
      { kind: 'does', ...past, who: budi, deed: 'repair', mention: known(some('flute')), coins: null },
      'Budi memperbaiki suling itu.',
    ],
    [
      { kind: 'does', ...past, who: he, deed: 'paint', mention: known(some('chair', 2)), coins: null },
      'Ia mengecat kursi-kursi itu.',
    ],
    [
      { kind: 'does', ...past, who: he, deed: 'wash', mention: known(some('glove', 2)), coins: null },
      'Ia mencuci sarung-sarung tangan itu.',
    ],
    [
      {
        kind: 'does',
        ...past,
        who: he,
        deed: 'lose',
        mention: known(filled('sack', 'salt', 2)),
        coins: null,
      },
      'Ia kehilangan garam itu.',
    ],
    [
      { kind: 'does', ...past, who: he, deed: 'steal', mention: fresh(some('pearl')), coins: null },
      'Ia mencuri sebutir mutiara.',
    ],
    [
      { kind: 'does', ...past, who: he, deed: 'hide', mention: known(some('pearl')), coins: null },
      'Ia menyembunyikan mutiara itu.',
    ],
    [
      { kind: 'does', ...past, who: he, deed: 'collect', mention: fresh(some('seed', 8)), coins: null },
      'Ia mengumpulkan delapan biji.',
    ],
    [
      { kind: 'does', ...past, who: he, deed: 'choose', mention: fresh(some('hat', 7)), coins: null },
      'Ia memilih tujuh topi.',
    ],
    [
      { kind: 'does', ...past, who: he, deed: 'weigh', mention: known(filled('cup', 'flour')), coins: null },
      'Ia menimbang tepung itu.',
    ],
    [
      { kind: 'does', ...past, who: he, deed: 'eat', mention: known(some('apple', 5)), coins: null },
      'Ia memakan apel-apel itu.',
    ],
    [
      { kind: 'does', ...past, who: he, deed: 'tear', mention: known(some('shirt')), coins: null },
      'Ia merobek kemeja itu.',
    ],
    [
      { kind: 'does', ...past, who: he, deed: 'count', mention: known(some('shell', 5)), coins: null },
      'Ia menghitung kerang-kerang itu.',
    ],
  ],
  gives: [
    [
      { kind: 'gives', ...past, who: she, gift: 'lend', thing: some('letter', 4), to: budi },
      'Ia meminjamkan surat-surat itu kepada Budi.',
    ],
    [
      { kind: 'gives', ...past, who: rina, gift: 'send', thing: filled('pot', 'tea'), to: budi },
      'Rina mengirim teh itu kepada Budi.',
    ],
    [
      { kind: 'gives', ...past, who: she, gift: 'show', thing: some('egg'), to: worker('Budi', 'nurse', 9) },
      'Ia menunjukkan telur itu kepada Budi (9), perawat.',
    ],
  ],
  says: [
    [
      { kind: 'says', ...past, who: she, saying: 'say', speech: { kind: 'need', thing: some('fish', 6) } },
      'Ia berkata, "Aku perlu enam ikan."',
    ],
    [
      { kind: 'says', ...past, who: budi, saying: 'cry', speech: { kind: 'feeling', feeling: 'lonely' } },
      'Budi berseru, "Aku kesepian."',
    ],
    [
      {
        kind: 'says',
        ...past,
        who: she,
        saying: 'shout',
        speech: { kind: 'invite', place: 'hospital', at: at(17, 40) },
      },
      'Ia berteriak, "Datanglah ke rumah sakit pukul 17.40!"',
    ],
    [
      {
        kind: 'says',
        ...past,
        who: she,
        saying: 'whisper',
        speech: { kind: 'warn', animals: { animal: 'snake', count: 1, quality: 'fat' }, place: 'well' },
      },
      'Ia berbisik, "Ada seekor ular gemuk dekat sumur!"',
    ],
    [
      {
        kind: 'says',
        ...past,
        who: she,
        saying: 'say',
        speech: { kind: 'warn', animals: { animal: 'bee', count: 12, quality: 'tame' }, place: 'field' },
      },
      'Ia berkata, "Ada 12 lebah jinak dekat ladang!"',
    ],
    [
      {
        kind: 'says',
        ...past,
        who: she,
        saying: 'say',
        speech: { kind: 'ask who has', thing: some('lock', 2) },
      },
      'Ia berkata, "Siapa yang punya gembok-gembok itu?"',
    ],
    [
      { kind: 'says', ...past, who: she, saying: 'say', speech: { kind: 'ask price', thing: some('lock') } },
      'Ia berkata, "Berapa harga gembok itu?"',
    ],
    [
      { kind: 'says', ...past, who: she, saying: 'say', speech: { kind: 'price', coins: 673 } },
      'Ia berkata, "Harganya 673 koin."',
    ],
    [
      { kind: 'says', ...past, who: she, saying: 'say', speech: { kind: 'weather', weather: 'storm' } },
      'Ia berkata, "Wah, badai!"',
    ],
  ],
  answers: [
    [
      { kind: 'answers', ...past, who: budi, holder: budi.person, thing: some('saw') },
      'Budi menjawab, "Aku yang punya gergaji itu."',
    ],
    [
      { kind: 'answers', ...past, who: he, holder: anybody('Siti'), thing: some('saw', 3) },
      'Ia menjawab, "Siti yang punya gergaji-gergaji itu."',
    ],
    [
      { kind: 'answers', ...past, who: he, holder: null, thing: filled('cup', 'ink', 3) },
      'Ia menjawab, "Tidak ada yang punya tinta itu."',
    ],
  ],
  feels: [
    [{ kind: 'feels', ...past, who: she, feeling: 'surprised' }, 'Ia terkejut.'],
    [{ kind: 'feels', ...future, who: budi, feeling: 'grateful' }, 'Budi bersyukur.'],
  ],
  'animals do': [
    [
      {
        kind: 'animals do',
        ...past,
        animals: { animal: 'owl', count: 1, quality: 'old' },
        behaviour: 'hide',
        place: 'tower',
        at: null,
      },
      'Seekor burung hantu tua bersembunyi dekat menara.',
    ],
    [
      {
        kind: 'animals do',
        ...past,
        animals: { animal: 'butterfly', count: 3, quality: 'yellow' },
        behaviour: 'dig',
        place: 'square',
        at: at(9, 9),
      },
      'Tiga kupu-kupu kuning menggali tanah dekat alun-alun pukul 9.09.',
    ],
    [
      {
        kind: 'animals do',
        ...past,
        animals: { animal: 'leopard', count: 65, quality: 'clever' },
        behaviour: 'jump',
        place: 'bakery',
        at: null,
      },
      'Ada 65 macan tutul pintar melompat dekat toko roti.',
    ],
  ],
  'animal takes': [
    [
      {
        kind: 'animal takes',
        ...past,
        animals: { animal: 'goat', count: 1, quality: 'hungry' },
        theft: 'swallow',
        thing: some('hat', 2, 'red'),
        owner: budi,
      },
      'Seekor kambing lapar menelan topi-topi Budi.',
    ],
    [
      {
        kind: 'animal takes',
        ...past,
        animals: { animal: 'buffalo', count: 9, quality: 'fierce' },
        theft: 'trample',
        thing: some('tent'),
        owner: rina,
      },
      'Sembilan kerbau galak menginjak-injak tenda Rina.',
    ],
    [
      {
        kind: 'animal takes',
        ...past,
        animals: { animal: 'ant', count: 10, quality: 'small' },
        theft: 'dragAway',
        thing: filled('sack', 'sugar', 2),
        owner: rina,
      },
      'Ada 10 semut kecil menyeret gula Rina.',
    ],
  ],
  'there are': [
    [
      { kind: 'there are', ...past, place: 'classroom', things: [some('table', 55, 'wooden'), some('ball')] },
      'Di kelas ada 55 meja kayu dan sebuah bola.',
    ],
    [
      {
        kind: 'there are',
        ...future,
        place: 'bedroom',
        things: [filled('bottle', 'water', 1, 'cold'), some('crown', 1, 'golden'), some('bell', 5, 'iron')],
      },
      'Di kamar tidur ada sebotol air dingin, sebuah mahkota emas, dan lima lonceng besi.',
    ],
  ],
  weather: [
    [{ kind: 'weather', ...past, weather: 'rain', part: 'morning' }, 'Paginya hujan turun.'],
    [{ kind: 'weather', ...present, weather: 'heat', part: 'noon' }, 'Siangnya panas menyengat.'],
    [{ kind: 'weather', ...future, weather: 'dust', part: 'evening' }, 'Petangnya debu beterbangan.'],
    [{ kind: 'weather', ...future, weather: 'wind', part: 'night' }, 'Malamnya angin bertiup.'],
  ],
  ending: [
    [
      { kind: 'ending', ...past, who: she, part: 'dawn', place: 'house', feeling: 'sick' },
      'Subuhnya ia beristirahat di rumah, sakit.',
    ],
    [
      { kind: 'ending', ...future, who: budi, part: 'afternoon', place: 'hospital', feeling: 'lucky' },
      'Sorenya Budi beristirahat di rumah sakit, beruntung.',
    ],
  ],
};

describe('Indonesian', () => {
  for (const [kind, rows] of Object.entries(BY_KIND))
    it.each(rows)(`says what is meant: ${kind} %#`, (sentence, text) => {
      expect(say(sentence)).toBe(text);
    });

  it('lets a reader of a sentence know which it was', () => {
    const meant = new Map<string, string>();
    for (const sentence of drawn(400)) {
      const text = say(sentence);
      const before = meant.get(text);
      if (before === undefined) meant.set(text, gist(sentence));
      else expect(gist(sentence), text).toBe(before);
    }
    expect(meant.size).toBeGreaterThan(6000);
  });

  it('marks parts with nothing that is left in the text', () => {
    for (const sentence of drawn(50)) expect(say(sentence)).toMatch(/^[A-Z0-9][A-Za-z0-9 ,.!?"()-]+[.!?]"?$/);
  });
});

describe('affixes', () => {
  it.each([
    ['meN+lihat', 'me·lihat'],
    ['meN+masak', 'me·masak'],
    ['meN+nyanyi', 'me·nyanyi'],
    ['meN+rawat', 'me·rawat'],
    ['meN+warna+i', 'me·warna·i'],
    ['meN+yakin+kan', 'me·yakin·kan'],
    ['meN+baca', 'mem·baca'],
    ['meN+fitnah', 'mem·fitnah'],
    ['meN+pakai', 'mem·akai'],
    ['meN+cuci', 'men·cuci'],
    ['meN+dengar', 'men·dengar'],
    ['meN+jual', 'men·jual'],
    ['meN+ziarah+i', 'men·ziarah·i'],
    ['meN+tulis', 'men·ulis'],
    ['meN+gali', 'meng·gali'],
    ['meN+hitung', 'meng·hitung'],
    ['meN+kirim', 'meng·irim'],
    ['meN+khawatir+kan', 'meng·khawatir·kan'],
    ['meN+ambil', 'meng·ambil'],
    ['meN+ejek', 'meng·ejek'],
    ['meN+sapu', 'meny·apu'],
    ['meN+syukur+i', 'men·syukur·i'],
    ['meN+cat', 'menge·cat'],
    ['meN+bom', 'menge·bom'],
    ['meN+proses', 'mem·proses'],
    ['meN+kritik', 'meng·kritik'],
    ['meN+traktir', 'men·traktir'],
    ['meN+sponsor+i', 'men·sponsor·i'],
    ['meN+per+baik+i', 'mem·per·baik·i'],
    ['peN+tari', 'pen·ari'],
    ['peN+buru', 'pem·buru'],
    ['peN+sair', 'peny·air'],
    ['peN+lukis', 'pe·lukis'],
    ['ber+jalan', 'ber·jalan'],
    ['ber+renang', 'be·renang'],
    ['ber+kerja', 'be·kerja'],
    ['ber+terima kasih', 'ber·terima kasih'],
    ['ter+rasa', 'te·rasa'],
    ['ke+hilang+an', 'ke·hilang·an'],
    ['pandai besi', 'pandai besi'],
  ])('%s → %s', (formula, word) => {
    expect(affixed(formula)).toBe(word);
  });

  it.each([
    ['tali', 'tali·-tali'],
    ['buku tulis', 'buku·-buku tulis'],
    ['layang-layang', 'layang-layang'],
  ])('many of %s: %s', (one, many) => {
    expect(reduplicated(one)).toBe(many);
  });
});

describe('the lexicon', () => {
  const tables: Readonly<Record<string, readonly string[]>> = {
    things: [...Object.values(words.THINGS).map(({ one }) => one), ...Object.values(words.STAPLES)],
    measures: Object.values(words.MEASURES),
    animals: Object.values(words.ANIMALS),
    trades: Object.values(words.TRADES),
    kin: Object.values(words.KIN),
    places: Object.values(words.PLACES),
    qualities: [...Object.values(words.QUALITIES), words.OLD_OF_MADE],
    feelings: Object.values(words.FEELINGS),
    weathers: Object.values(words.WEATHERS),
    parts: Object.values(words.PARTS),
    numbers: words.NUMBERS.slice(2),
    motions: Object.values(words.MOTIONS),
    dealings: Object.values(words.DEALINGS),
    behaviours: Object.values(words.BEHAVIOURS),
    deeds: Object.values(words.DEEDS),
    gifts: Object.values(words.GIFTS),
    sayings: Object.values(words.SAYINGS),
    thefts: Object.values(words.THEFTS),
  };

  it.each(Object.entries(tables))('has a word of its own for each of the %s', (_, table) => {
    const plain = table.map((word) => word.replaceAll('·', ''));
    expect(new Set(plain).size).toBe(plain.length);
    for (const word of plain) expect(word).toMatch(/^[a-z]+([ -][a-z]+)*$/);
  });

  it('has names, days and months, with a capital', () => {
    expect(words.NAMES).toHaveLength(NAME_COUNT);
    for (const table of [words.NAMES, Object.values(words.DAYS), Object.values(words.MONTHS)]) {
      expect(new Set(table).size).toBe(table.length);
      for (const word of table) expect(word).toMatch(/^[A-Z][a-z]+$/);
    }
  });

  it('has no name that is also a word', () => {
    const all = new Set(Object.values(tables).flat());
    expect(words.NAMES.filter((name) => all.has(name.toLowerCase()))).toEqual([]);
  });

  it('writes each syllable of villages in its own way', () => {
    const written = Array.from({ length: SYLLABLE_COUNT }, (_, one) => village([one, one]));
    expect(new Set(written).size).toBe(SYLLABLE_COUNT);
  });
});
