// The plotly that Streamlit ships: loading it sets window.Plotly, and nothing comes from elsewhere.

async function loadPlotly(path) {
  if (!window.Plotly) await import(new URL(path, document.baseURI).href);
  return window.Plotly;
}
