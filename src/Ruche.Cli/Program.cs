// SPDX-License-Identifier: MIT
using Ruche.Cli;

return await RucheCommand.InvokeAsync(args);
