// SPDX-License-Identifier: MIT
using Ruche.Cli;
using Ruche.Cli.Trace;

return await RucheCommand.InvokeAsync(BpftraceWords.Translate(args));
