// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Btf.Values;

namespace Ruche.Bpf.Objects.Tests.Diagnostics;

internal static partial class DiagnosticSamples
{
    private static readonly BtfType.Int Int = new(4, IntEncoding.Signed, 0, 32) { Name = "int" };

    private static IEnumerable<DiagnosticSample> Btf()
    {
        byte[] image = Types(Int).Write();
        yield return new("RU3101", "BTF that was cut short", () => Thrown(() => BtfSpec.Read(image.AsMemory(..^1))));
        yield return new("RU3102", "zeros where BTF should be", () => Thrown(() => BtfSpec.Read(new byte[64])));
        yield return new("RU3103", "a last string without its end", () => Thrown(() => BtfSpec.Read(With(image, image.Length - 1, 1))));
        yield return new("RU3104", "a type of a kind from the future", () => Thrown(() => BtfSpec.Read(With(image, 31, 31))));
        yield return new("RU3105", "an id that no type has", () => Thrown(() => _ = Types(Int).Build()[9]));
        yield return new("RU3106", "a type whose name starts beyond the strings", () => Thrown(() => BtfSpec.Read(With(image, 24, 99))));
        yield return new("RU3107", "a variable of an unknown linkage", () =>
            Thrown(() => _ = Types(Int, new BtfType.Variable(1, (BtfLinkage)7) { Name = "hive" }).Build()[2]));
        yield return new("RU3108", "a type that is const of itself", () => Thrown(() => Types(new BtfType.Const(1)).Build().SizeOf(1)));
        yield return new("RU3109", "the size of a struct that is only declared", () =>
            Thrown(() => Types(new BtfType.Forward(IsUnion: false) { Name = "hive" }).Build().SizeOf(1)));
        yield return new("RU3110", "a module's types from a machine of the other byte order", () =>
            Thrown(() => BtfSpec.Read(Types(Int).Write(ByteOrder.Big), Types(Int).Build())));
        yield return new("RU3111", "two bytes for a value of four", () => Thrown(() => BtfValueReader.Read(Types(Int).Build(), 1, new byte[2])));
    }

    private static IEnumerable<DiagnosticSample> BtfExtended()
    {
        yield return new("RU3201", "records that end before their length", () => Ext(8, 8));
        yield return new("RU3202", "a header of another version", () => Thrown(() =>
            BtfExt.Read(With(new byte[24], 0, 0x9f, 0xeb, 2), BtfSpec.Empty)));
        yield return new("RU3203", "records of six bytes", () => Ext(4, 6));
        yield return new("RU3204", "a record of the middle of an instruction", () => Ext(20, 8, 0, 1, 4, 0));
    }

    /// <summary>What is found in BTF.ext with one stream, of function records, whose words are given.</summary>
    private static Objects.Diagnostics.Diagnostic Ext(uint length, params uint[] stream)
    {
        uint[] words = [0x1eb9f, 24, 0, length, length, 0, .. stream];
        return Thrown(() => BtfExt.Read(MemoryMarshal.AsBytes<uint>(words).ToArray(), BtfSpec.Empty));
    }

    private static BtfBuilder Types(params BtfType[] types)
    {
        BtfBuilder builder = new();
        foreach (var type in types) builder.Add(type);
        return builder;
    }
}
