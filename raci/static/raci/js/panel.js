export const openPanel = (url) => { location.href = url.replace("panel/", "cells/"); };
