// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using Ruche.Bpf.Links;
using Ruche.Bpf.Objects.Elf;
using Ruche.Trace.Probes;

namespace Ruche.Trace.Recording;

/// <summary>The places of an attach point, as bytes.</summary>
internal static class SiteList
{
    private enum Kind : byte
    {
        Begin = 1,
        End,
        Test,
        Signal,
        Interval,
        Profile,
        Tracepoint,
        RawTracepoint,
        KernelProbe,
        KernelFunction,
        UserProbe,
        Watchpoint,
        Iterator,
        Counter,
        ProgramFunction,
    }

    /// <summary>Writes places.</summary>
    public static byte[] Write(IEnumerable<ProbeSite> sites)
    {
        using MemoryStream bytes = new();
        using (BinaryWriter to = new(bytes, Encoding.UTF8))
        {
            foreach (var site in sites) Write(to, site);
        }

        return bytes.ToArray();
    }

    /// <summary>Reads what <see cref="Write(IEnumerable{ProbeSite})"/> has written.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static ImmutableArray<ProbeSite> Read(byte[] bytes)
    {
        var sites = ImmutableArray.CreateBuilder<ProbeSite>();
        using BinaryReader from = new(new MemoryStream(bytes), Encoding.UTF8);
        while (from.BaseStream.Position < bytes.Length) sites.Add(Read(from));
        return sites.ToImmutable();
    }

    private static void Write(BinaryWriter to, ProbeSite site)
    {
        to.Write((byte)KindOf(site));
        to.Write(site.Name);
        switch (site)
        {
            case ProbeSite.Begin or ProbeSite.End: break;
            case ProbeSite.Test x: to.Write(x.IsBenchmark); break;
            case ProbeSite.Signal x: to.Write(x.Number); break;
            case ProbeSite.Interval x: Write(to, x.Rate); break;
            case ProbeSite.Profile x: Write(to, x.Rate); break;
            case ProbeSite.Tracepoint x: to.Write(x.Category); to.Write(x.Event); break;
            case ProbeSite.RawTracepoint x: WriteMaybe(to, x.Module); to.Write(x.Event); break;
            case ProbeSite.KernelProbe x: WriteMaybe(to, x.Module); to.Write(x.Function); to.Write(x.Offset); to.Write(x.IsReturn); break;
            case ProbeSite.KernelFunction x: WriteMaybe(to, x.Module); to.Write(x.Function); to.Write(x.IsReturn); break;
            case ProbeSite.UserProbe x: to.Write(x.Path); WriteMaybe(to, x.Function); to.Write(x.Offset); to.Write(x.IsReturn); Write(to, x.Point); break;
            case ProbeSite.Watchpoint x: to.Write(x.Watch.Address); to.Write(x.Watch.Length); to.Write((int)x.Watch.Accesses); break;
            case ProbeSite.Iterator x: to.Write(x.Kind); break;
            case ProbeSite.ProgramFunction x: to.Write(x.Program); to.Write(x.Function); to.Write(x.IsReturn); to.Write(x.Returns); break;
            case ProbeSite.Counter x: to.Write(x.IsHardware); to.Write(x.Event); to.Write(x.Count); break;
        }
    }

    private static ProbeSite Read(BinaryReader from)
    {
        var kind = (Kind)from.ReadByte();
        string name = from.ReadString();
        return kind switch
        {
            Kind.Begin => new ProbeSite.Begin(),
            Kind.End => new ProbeSite.End(),
            Kind.Test => new ProbeSite.Test(name, from.ReadBoolean()),
            Kind.Signal => new ProbeSite.Signal(name, from.ReadInt32()),
            Kind.Interval => new ProbeSite.Interval(name, ReadRate(from)),
            Kind.Profile => new ProbeSite.Profile(name, ReadRate(from)),
            Kind.Tracepoint => new ProbeSite.Tracepoint(name, from.ReadString(), from.ReadString()),
            Kind.RawTracepoint => new ProbeSite.RawTracepoint(name, ReadMaybe(from), from.ReadString()),
            Kind.KernelProbe => new ProbeSite.KernelProbe(name, ReadMaybe(from), from.ReadString(), from.ReadUInt64(), from.ReadBoolean()),
            Kind.KernelFunction => new ProbeSite.KernelFunction(name, ReadMaybe(from), from.ReadString(), from.ReadBoolean()),
            Kind.UserProbe => new ProbeSite.UserProbe(name, from.ReadString(), ReadMaybe(from), from.ReadUInt64(), from.ReadBoolean()) { Point = ReadPoint(from) },
            Kind.Watchpoint => new ProbeSite.Watchpoint(name, new(from.ReadUInt64(), from.ReadInt32(), (MemoryAccess)from.ReadInt32())),
            Kind.Iterator => new ProbeSite.Iterator(name, from.ReadString()),
            Kind.ProgramFunction => new ProbeSite.ProgramFunction(name, from.ReadUInt32(), from.ReadString(), from.ReadBoolean(), from.ReadInt32()),
            Kind.Counter => new ProbeSite.Counter(name, from.ReadBoolean(), from.ReadUInt64(), from.ReadUInt64()),
            _ => throw new FormatException($"no kind of place has the number {(int)kind}"),
        };
    }

    private static Kind KindOf(ProbeSite site) => site switch
    {
        ProbeSite.Begin => Kind.Begin,
        ProbeSite.End => Kind.End,
        ProbeSite.Test => Kind.Test,
        ProbeSite.Signal => Kind.Signal,
        ProbeSite.Interval => Kind.Interval,
        ProbeSite.Profile => Kind.Profile,
        ProbeSite.Tracepoint => Kind.Tracepoint,
        ProbeSite.RawTracepoint => Kind.RawTracepoint,
        ProbeSite.KernelProbe => Kind.KernelProbe,
        ProbeSite.KernelFunction => Kind.KernelFunction,
        ProbeSite.UserProbe => Kind.UserProbe,
        ProbeSite.Watchpoint => Kind.Watchpoint,
        ProbeSite.Iterator => Kind.Iterator,
        ProbeSite.Counter => Kind.Counter,
        ProbeSite.ProgramFunction => Kind.ProgramFunction,
        _ => throw new UnreachableException($"no case for {site.GetType().Name}"),
    };

    private static void Write(BinaryWriter to, TimeRate rate)
    {
        to.Write(rate.Hertz);
        to.Write(rate.Nanoseconds);
    }

    private static TimeRate ReadRate(BinaryReader from) => new(from.ReadUInt64(), from.ReadUInt64());

    private static void Write(BinaryWriter to, UsdtPoint? point)
    {
        to.Write(point is not null);
        if (point is null) return;
        to.Write(point.Path);
        to.Write(point.Provider);
        to.Write(point.Name);
        to.Write(point.Offset);
        to.Write(point.CounterOffset);
        to.Write(point.Arguments.Length);
        foreach (var argument in point.Arguments)
        {
            to.Write(argument.Text);
            to.Write((int)argument.Kind);
            to.Write(argument.Size);
            to.Write(argument.IsSigned);
            to.Write(argument.Value);
            to.Write(argument.Register);
            to.Write(argument.Index);
            to.Write(argument.ScaleShift);
        }
    }

    private static UsdtPoint? ReadPoint(BinaryReader from)
    {
        if (!from.ReadBoolean()) return null;
        string path = from.ReadString(), provider = from.ReadString(), name = from.ReadString();
        ulong offset = from.ReadUInt64(), counter = from.ReadUInt64();
        var arguments = new UsdtArgument[from.ReadInt32()];
        for (int i = 0; i < arguments.Length; i++)
        {
            arguments[i] = new(
                from.ReadString(), (UsdtArgumentKind)from.ReadInt32(), from.ReadInt32(), from.ReadBoolean(), from.ReadInt64(), from.ReadInt32(), from.ReadInt32(), from.ReadInt32());
        }

        return new(path, provider, name, offset, counter, [.. arguments]);
    }

    private static void WriteMaybe(BinaryWriter to, string? text)
    {
        to.Write(text is not null);
        if (text is not null) to.Write(text);
    }

    private static string? ReadMaybe(BinaryReader from) => from.ReadBoolean() ? from.ReadString() : null;
}
