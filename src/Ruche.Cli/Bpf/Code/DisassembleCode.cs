// SPDX-License-Identifier: MIT
using System.Text;
using Ruche.Cli.Bpf.Listing;
using Ruche.Cli.Bpf.Words;
using Ruche.Cli.Run;
using Ruche.Cli.Terminals;

namespace Ruche.Cli.Bpf.Code;

/// <summary><c>ruche bpf disasm</c>: prints code as assembly.</summary>
internal static class DisassembleCode
{
    /// <summary>Prints raw code, or the programs of an object.</summary>
    public static int Run(Invocation call)
    {
        if (call.Words.IsEmpty) throw call.Words.Refuse("the code is missing");
        byte[] bytes = CodeFile.Read(call.Words.TakeUntil());
        if (CodeFile.IsElf(bytes)) return DumpObject.Run(bytes, "object", call.Format, onlyCode: true);
        CodeListing listing = new(CodeSource.Bare(CodeFile.Decode(bytes)));
        if (call.Format is not OutputFormat.Text)
        {
            ListingOutput.WriteJson(listing.WriteJson);
            return ExitCode.Done;
        }

        using StreamWriter output = new(StandardOutput.Open(), new UTF8Encoding(false));
        listing.WriteText(output);
        return ExitCode.Done;
    }
}
