import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Made by hand after the build of danube-admin-ui: names with a hash, one line, two addresses. */
export const SCRIPT = '/assets/index-Dq3kX9aZ.js';
export const STYLE = '/assets/index-B7c1f0Qe.css';

const INDEX = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="UTF-8" />
    <title>Danube Cluster Admin</title>
    <script type="module" crossorigin src="${SCRIPT}"></script>
    <link rel="stylesheet" crossorigin href="${STYLE}">
  </head>
  <body>
    <div id="root"></div>
  </body>
</html>
`;

/**
 * A router of the browser with the routes of the real pages, a client whose base address was baked
 * in (as axios has it), and a second call with an address of its own (the series of a topic).
 * Opened as /#walk it goes to a topic by a click and then reloads.
 */
const CODE = `
const client={baseURL:"http://localhost:8080"};
const get=(path)=>new Promise((resolve)=>{const request=new XMLHttpRequest();
request.open("GET",client.baseURL+path);request.setRequestHeader("Content-Type","application/json");
request.onloadend=()=>resolve(request.status===200?JSON.parse(request.responseText).says:"failed");
request.send()});
const seriesBase="http://localhost:8080";
const root=document.getElementById("root");
const visits=Number(sessionStorage.getItem("visits")||0)+1;sessionStorage.setItem("visits",visits);
const routes=[
[/^\\/$/,()=>{history.replaceState(null,"","/cluster"+location.hash);return render()}],
[/^\\/cluster$/,async()=>"cluster: "+await get("/ui/v1/cluster")],
[/^\\/topics\\/([^/]+)$/,async(topic)=>{const name=encodeURIComponent(decodeURIComponent(topic));
const series=await fetch(seriesBase+"/ui/v1/topics/"+name+"/series?from=1&to=2&step=15s")
.then((answer)=>answer.json()).catch(()=>({says:"failed"}));
return "topic: "+await get("/ui/v1/topics/"+name)+", series: "+series.says}]];
async function render(){for(const[pattern,page]of routes){const match=pattern.exec(location.pathname);
if(match){const text=await page(match[1]);root.textContent=text+", visits: "+visits;return text}}
root.textContent="no such page"}
async function navigate(path){history.pushState(null,"",path);await render()}
const walks=location.hash==="#walk"&&visits===1;
render().then(async()=>{if(walks){await navigate("/topics/%2Fdefault%2Forders");location.reload()}});
`;

/** Writes the pages into an empty directory, readable for everybody. */
export function writePages(directory: string): void {
  for (const path of [directory, join(directory, 'assets')]) {
    mkdirSync(path);
    chmodSync(path, 0o755);
  }
  const code = CODE.replaceAll('\n', '');
  const files = { '/index.html': INDEX, [SCRIPT]: code, [STYLE]: 'body{margin:0}' };
  for (const [path, content] of Object.entries(files)) {
    writeFileSync(join(directory, path), content);
    chmodSync(join(directory, path), 0o644);
  }
}
