// SPDX-License-Identifier: MIT
using System.CommandLine;

return await new RootCommand("eBPF for .NET and any Linux host").Parse(args).InvokeAsync();
