// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Elf;

internal static class ElfDiagnostics
{
    /// <summary>The image ends before something that a header promises.</summary>
    public const string Truncated = "RU3001";

    /// <summary>The image does not start as an ELF file does.</summary>
    public const string NotElf = "RU3002";

    /// <summary>The image is ELF of a class or byte order that is not read.</summary>
    public const string Unsupported = "RU3003";

    /// <summary>A section header or the section table contradicts itself.</summary>
    public const string BadSection = "RU3004";

    /// <summary>A name lies outside its string table.</summary>
    public const string BadString = "RU3005";

    /// <summary>A symbol table contradicts itself.</summary>
    public const string BadSymbol = "RU3006";

    /// <summary>A relocation section contradicts itself.</summary>
    public const string BadRelocation = "RU3007";

    /// <summary>A section that is needed is compressed.</summary>
    public const string Compressed = "RU3008";

    /// <summary>A program header contradicts itself.</summary>
    public const string BadSegment = "RU3009";
}
