// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Ruche.Bpf.Programs;
using Ruche.Cli.Bpf.Listing;
using Ruche.Cli.Run;
using Ruche.Cli.Terminals;

namespace Ruche.Cli.Bpf.Programs;

/// <summary>Prints a program's machine code: each function's address, then its bytes, sixteen a line.</summary>
internal static class DumpMachineCode
{
    private const int BytesPerLine = 16;

    /// <summary>Prints the code, or stores it in <paramref name="file"/>.</summary>
    public static int Run(BpfProgram program, string? file, OutputFormat format)
    {
        byte[] code = program.ReadJited();
        if (code.Length == 0) throw new CommandFailure(ExitCode.Failed, $"program '{program.Name}' has no machine code to show: it is interpreted, or net.core.bpf_jit_harden hides it");
        if (file is not null) File.WriteAllBytes(file, code);
        else if (format is OutputFormat.Text) WriteText(code, program.ReadDebugInfo());
        else WriteJson(code, program.ReadDebugInfo());
        return ExitCode.Done;
    }

    private static void WriteText(byte[] code, ProgramDebugInfo debug)
    {
        using StreamWriter output = new(StandardOutput.Open(), new UTF8Encoding(false));
        foreach ((ulong address, int start, int length) in Functions(code, debug))
        {
            output.Write(string.Create(CultureInfo.InvariantCulture, $"0x{address:x16}:\n"));
            for (int at = 0; at < length; at += BytesPerLine)
                output.Write(string.Create(CultureInfo.InvariantCulture, $"{at,4:x}: {Hex(code.AsSpan(start + at, Math.Min(BytesPerLine, length - at)))}\n"));
        }
    }

    private static void WriteJson(byte[] code, ProgramDebugInfo debug) => ListingOutput.WriteJson(json =>
    {
        json.WriteStartArray();
        foreach ((ulong address, int start, int length) in Functions(code, debug))
        {
            json.WriteStartObject();
            json.WriteString("address", string.Create(CultureInfo.InvariantCulture, $"0x{address:x}"));
            json.WriteString("bytes", Convert.ToHexStringLower(code.AsSpan(start, length)));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    // Where the kernel does not tell the functions, all of the code is one of unknown address.
    private static IEnumerable<(ulong Address, int Start, int Length)> Functions(byte[] code, ProgramDebugInfo debug)
    {
        if (debug.JitedLengths.Sum(length => length) != code.Length)
        {
            yield return (debug.JitedAddresses.FirstOrDefault(), 0, code.Length);
            yield break;
        }

        int start = 0;
        for (int i = 0; i < debug.JitedLengths.Length; i++)
        {
            int length = (int)debug.JitedLengths[i];
            yield return (i < debug.JitedAddresses.Length ? debug.JitedAddresses[i] : 0, start, length);
            start += length;
        }
    }

    private static string Hex(ReadOnlySpan<byte> bytes)
    {
        StringBuilder text = new();
        foreach (byte b in bytes) text.Append(CultureInfo.InvariantCulture, $"{b:x2} ");
        return text.ToString().TrimEnd();
    }
}
