<!doctype html>
<html lang="${locale}">
<head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="referrer" content="no-referrer">
    <title>${title}</title>
    <link rel="stylesheet" href="${style}">
    <#-- To the letter: the policy above has its hash. -->
    <script type="importmap">${react?no_esc}</script>
    <script type="module" src="${loader}"></script>
</head>
<body>
    <main></main>
    <noscript>${noScript}</noscript>
    <script id="environment" type="application/json">${environment?no_esc}</script>
</body>
</html>
