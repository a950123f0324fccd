// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using Ruche.Bpf.Objects.Instructions;

namespace Ruche.Bpf.Objects.Tests.Instructions;

/// <summary>What the installed <c>llvm-objdump</c> prints for an object.</summary>
internal static class LlvmObjdump
{
    /// <summary>The instructions of every code section, with llvm's text without the names in angle brackets.</summary>
    public static IReadOnlyList<DisassembledInstruction> Disassemble(byte[] image, ByteOrder order, params string[] arguments)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, image);
            return [.. Run([.. arguments, "-d", path]).Split('\n').Select(line => Parse(line, order)).OfType<DisassembledInstruction>()];
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static DisassembledInstruction? Parse(string line, ByteOrder order)
    {
        string[] columns = line.Split('\t', 3);
        if (columns.Length < 3 || !columns[0].EndsWith(':')) return null;
        var slots = InstructionCodec.Decode(Convert.FromHexString(columns[1].Replace(" ", "", StringComparison.Ordinal)), order);
        int annotation = columns[2].IndexOf(" <", StringComparison.Ordinal);
        string text = annotation > 0 && columns[2].EndsWith('>') ? columns[2][..annotation] : columns[2];
        int slot = int.Parse(columns[0].AsSpan().Trim().TrimEnd(':'), CultureInfo.InvariantCulture);
        return new(slot, slots[0], slots.Length > 1 ? slots[1] : null, text);
    }

    private static string Run(string[] arguments)
    {
        ProcessStartInfo start = new("llvm-objdump", arguments) { RedirectStandardOutput = true };
        using var process = Start(start);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("llvm-objdump is not installed: apt-get install llvm");
            throw;
        }
    }
}
