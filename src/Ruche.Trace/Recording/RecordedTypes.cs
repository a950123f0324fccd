// SPDX-License-Identifier: MIT
using System.Globalization;
using System.IO.Compression;
using Ruche.Bpf.Objects.Btf;
using Ruche.Trace.Types;

namespace Ruche.Trace.Recording;

/// <summary>The types of the kernel, and the fields of its trace points, for a script that is recorded or replayed.</summary>
internal static class RecordedTypes
{
    /// <summary>The host's, or those of a recording.</summary>
    public static TypeCatalog Of(HostAnswers answers)
    {
        if (!answers.IsRecorded) return TypeCatalog.Running;
        return new(() => Types(answers))
        {
            Formats = (category, name) => answers.AskText(AnswerKind.TracepointFormat, $"{category}:{name}", () => TypeCatalog.Running.Formats(category, name)) ?? "",
            ModuleTypes = (module, kernel) => ModuleTypes(answers, module, kernel),
            ProgramTypes = (path, function, offset) => ProgramTypes(answers, path, function, offset),
        };
    }

    private static BtfSpec? Types(HostAnswers answers)
    {
        if (answers.Ask(AnswerKind.Types, "", () => TypeCatalog.Running.Types is { } types ? Pack(types.Image.Span) : null) is not { } packed) return null;
        return answers.IsReplayed ? BtfSpec.Read(Unpack(packed)) : TypeCatalog.Running.Types;
    }

    private static BtfSpec? ProgramTypes(HostAnswers answers, string path, string function, ulong offset)
    {
        string place = string.Create(CultureInfo.InvariantCulture, $"{path}:{function}+{offset}");
        return answers.Ask(AnswerKind.ProgramTypes, place, () => TypeCatalog.Running.ProgramTypes(path, function, offset) is { } types ? Pack(types.Image.Span) : null) is { } packed
            ? BtfSpec.Read(Unpack(packed))
            : null;
    }

    private static BtfSpec? ModuleTypes(HostAnswers answers, string module, BtfSpec kernel) =>
        answers.Ask(AnswerKind.ModuleTypes, module, () => TypeCatalog.Running.ModuleTypes(module, kernel) is { } types ? Pack(types.Image.Span) : null) is { } packed
            ? BtfSpec.Read(Unpack(packed), kernel, module)
            : null;

    private static byte[] Pack(ReadOnlySpan<byte> bytes)
    {
        using MemoryStream packed = new();
        using (GZipStream stream = new(packed, CompressionLevel.Fastest)) stream.Write(bytes);
        return packed.ToArray();
    }

    private static byte[] Unpack(byte[] packed)
    {
        using GZipStream stream = new(new MemoryStream(packed), CompressionMode.Decompress);
        using MemoryStream bytes = new();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
