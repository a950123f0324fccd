// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Instructions;

namespace Ruche.Cli.Bpf.Code;

/// <summary>Finds code in what was named on the command line.</summary>
internal static class CodeFile
{
    private static readonly byte[] ElfMagic = [0x7f, (byte)'E', (byte)'L', (byte)'F'];

    /// <summary>Whether the bytes are an ELF file.</summary>
    public static bool IsElf(ReadOnlySpan<byte> bytes) => bytes.StartsWith(ElfMagic);

    /// <summary>Reads raw code from a file, from standard input (<c>-</c>), or from hexadecimal digits on the command line.</summary>
    public static byte[] Read(List<string> words)
    {
        if (words is ["-"]) return ReadInput();
        if (words is [var path] && File.Exists(path)) return File.ReadAllBytes(path);
        string digits = string.Concat(words).Replace(" ", "", StringComparison.Ordinal);
        if (digits.Length % 2 == 0 && digits.All(char.IsAsciiHexDigit)) return Convert.FromHexString(digits);
        throw new CommandFailure(ExitCode.Usage, $"'{string.Join(' ', words)}' is neither a file nor hexadecimal digits");
    }

    /// <summary>Decodes instructions.</summary>
    public static ImmutableArray<Instruction> Decode(byte[] bytes) => bytes.Length % Instruction.Size == 0
        ? [.. InstructionCodec.Decode(bytes)]
        : throw new CommandFailure(ExitCode.Failed, $"code comes in pieces of {Instruction.Size} bytes, but there are {bytes.Length} bytes");

    /// <summary>Everything on standard input.</summary>
    public static byte[] ReadInput()
    {
        using Stream input = Console.OpenStandardInput();
        using MemoryStream bytes = new();
        input.CopyTo(bytes);
        return bytes.ToArray();
    }
}
