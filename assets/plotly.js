// The part of plotly that the program brings along (cdanalysis/ui/server/plotly_part.py): loading it sets window.Plotly.

async function loadPlotly(path) {
  if (!window.Plotly) await import(new URL(path, document.baseURI).href);
  return window.Plotly;
}
