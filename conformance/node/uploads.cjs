// Pictures and files, up and down.
'use strict';

const fs = require('node:fs');
const { check, refusal, refused, same, section } = require('./checks.cjs');
const { bytes, file, fixture, image, uploadFile, uploadImage } = require('./workspace.cjs');

// Each format the platform takes, and the media type it gives back.
const PICTURES = {
  'gradient.jpg': 'image/jpeg',
  'gradient.png': 'image/png',
  'gradient.webp': 'image/webp',
  'gradient.gif': 'image/gif',
  'gradient.bmp': 'image/bmp',
  'gradient.ico': 'image/x-icon',
  'gradient.tiff': 'image/jpeg',
  'gradient.heic': 'image/jpeg',
};

const STORED_AS_JPEG = ['gradient.tiff', 'gradient.heic'];

async function pictures() {
  section('Pictures, up and down');
  const keys = {};
  for (const [name, mediaType] of Object.entries(PICTURES)) {
    const original = fs.readFileSync(fixture(name));
    keys[name] = await uploadImage(original);
    const download = await image.get({ path: { image_key: keys[name] } });
    const content = await bytes(download);
    if (STORED_AS_JPEG.includes(name)) {
      const [head, tail] = [content.toString('hex', 0, 3), content.toString('hex', content.length - 2)];
      same(`${name}: comes back as JPEG`, [head, tail], ['ffd8ff', 'ffd9']);
    } else {
      check(`${name}: comes back byte by byte`, content.equals(original), `${content.length} bytes`);
    }
    same(`${name}: media type`, download.headers['content-type'], mediaType);
  }
  same('every picture has its own key', new Set(Object.values(keys)).size, Object.keys(PICTURES).length);

  // Unlike a buffer, a stream goes with a name and a media type.
  const image_key = await uploadImage(fs.createReadStream(fixture('gradient.png')));
  const content = await bytes(image.get({ path: { image_key } }));
  check('from a stream: comes back byte by byte', content.equals(fs.readFileSync(fixture('gradient.png'))));
  return keys;
}

async function avatar() {
  const image_key = await uploadImage(fs.createReadStream(fixture('gradient.png')), 'avatar');
  check('an avatar: uploaded', image_key.startsWith('img_'), image_key);
  same('an avatar: not to be downloaded', (await refusal(image.get({ path: { image_key } })))?.status, 400);
  return image_key;
}

async function refusedPictures() {
  section('Pictures that are refused');
  const png = fs.readFileSync(fixture('gradient.png'));
  const tooLarge = Buffer.concat([png, Buffer.alloc(10 * 1024 * 1024)]);
  const wideGif = Buffer.from('GIF89a\xd1\x07\x01\x00\x00\x00\x00;', 'latin1');

  await refused('text', uploadImage(Buffer.from('no picture at all')), 234011);
  await refused('a PDF', uploadImage(fs.createReadStream(fixture('page.pdf'))), 234011);
  await refused('nothing', uploadImage(Buffer.alloc(0)), 234010);
  await refused('more than 10 MB', uploadImage(tooLarge), 234006);
  await refused('a GIF that is 2001 px wide', uploadImage(wideGif), 234039);
  await refused('an unknown image_type', uploadImage(png, 'poster'), 234001);
  await refused('a key that names nothing', image.get({ path: { image_key: 'img_v3_00000000' } }), 234005);
}

async function files() {
  section('Files, up and down');
  const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  const uploads = {
    opus: ['铃声.opus', fs.readFileSync(fixture('tone.opus'))],
    mp4: ['渐变 video.mp4', fs.readFileSync(fixture('gradient.mp4'))],
    pdf: ['page.pdf', fs.readFileSync(fixture('page.pdf'))],
    stream: ['every byte.bin', everyByte],
  };
  const keys = {};
  for (const [file_type, [file_name, original]] of Object.entries(uploads)) {
    keys[file_type] = await uploadFile(original, { file_type, file_name, duration: 1000 });
    const download = await file.get({ path: { file_key: keys[file_type] } });
    check(`${file_type}: comes back byte by byte`, original.equals(await bytes(download)));
    const disposition = download.headers['content-disposition'];
    const names = [`filename="${file_name}"`, `filename*=UTF-8''${encodeURIComponent(file_name)}`];
    check(`${file_type}: under its name`, names.some((name) => disposition.endsWith(name)), disposition);
  }

  const pdf = fs.createReadStream(fixture('page.pdf'));
  const untimed = await uploadFile(pdf, { file_type: 'pdf', file_name: 'page.pdf' });
  check('a file without a duration', untimed.startsWith('file_'), untimed);

  const upload = (content, fields) => uploadFile(Buffer.from(content), fields);
  await refused('nothing', upload('', { file_type: 'stream', file_name: 'empty' }), 234010);
  await refused('an unknown file_type', upload('x', { file_type: 'exe', file_name: 'x.exe' }), 234001);
  await refused('a file without a name', upload('x', { file_type: 'stream' }), 234001);
  return keys;
}

module.exports = { avatar, files, pictures, refusedPictures };
