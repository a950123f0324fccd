// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Trace.Binding;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Lowering;
using Ruche.Trace.Probes;
using Ruche.Trace.Syntax;
using Ruche.Trace.Types;

namespace Ruche.Trace.Functions;

/// <summary>Functions for addresses: of the network, of memory, and what registers hold.</summary>
internal static class AddressFunctions
{
    private const int Version4 = 2, Version6 = 10;
    private const int Length4 = 4, Length6 = 16;

    public static ImmutableArray<TraceFunction> All { get; } =
    [
        new("ntop", 1, 2, BindAddress) { Usage = "ntop(address) or ntop(family, address)", Write = WriteAddress },
        new("macaddr", 1, 1, BindHardware) { Usage = "macaddr(array)", Write = (l, x, to) => l.Copy(to, l.PlaceOf(x.Operands[0]), 6) },
        new("pton", 1, 1, BindWritten) { Usage = "pton(\"127.0.0.1\") or pton(\"::1\")", Write = (l, x, to) => l.WriteLiteral(((BoundExpression.Literal)x.Operands[0]).Bytes.AsSpan(), to, ValueLayout.SizeOf(x.Type)) },
        new("bswap", 1, 1, BindSwap) { Usage = "bswap(number)", Value = LowerSwap },
        new("kptr", 1, 1, (b, call, _) => InSpace(b.BindNumber(call.Arguments[0]), MemorySpace.Kernel)) { Usage = "kptr(pointer)" },
        new("uptr", 1, 1, (b, call, _) => InSpace(b.BindNumber(call.Arguments[0]), MemorySpace.User)) { Usage = "uptr(pointer)" },
        new("reg", 1, 1, BindRegister) { Usage = "reg(\"ip\")", Value = (l, x) => l.Add(new Load(IrType.I64, l.Context, (int)((BoundExpression.Number)x.Operands[0]).Value)) },
        new("nsecs", 1, 1, BindClock) { Usage = "nsecs(boot) or nsecs(monotonic)", Value = (l, x) => ((BoundExpression.Number)x.Operands[0]).Value == 0 ? TraceBuiltins.Now(l) : l.Call((Bpf.Objects.Uapi.HelperId)((BoundExpression.Number)x.Operands[0]).Value) },
    ];

    private static BoundExpression.Cast InSpace(BoundExpression pointer, MemorySpace space) =>
        new(pointer, pointer.Type is TraceType.Pointer p ? p with { Space = space } : new TraceType.Pointer(TraceType.None, space), pointer.Span);

    private static BoundExpression BindAddress(Binder binder, Expression.Call call, TraceFunction function)
    {
        var address = binder.Bind(call.Arguments[^1]);
        if (address.Type is TraceType.Nothing) return new BoundExpression.Nothing(call.Span);
        int length = address.Type is TraceType.Integer ? Length4 : ValueLayout.SizeOf(address.Type);
        if (address.Type is not (TraceType.Integer or TraceType.Array or TraceType.Record) || length is not (Length4 or Length6) && address.Type is not TraceType.Array)
        {
            binder.Error(TraceDiagnostics.TypeMismatch, $"ntop takes a number of 4 bytes, or 4 or 16 bytes in an array, not {address.Type}", address.Span, function.Usage);
            return new BoundExpression.Nothing(call.Span);
        }

        BoundExpression family = call.Arguments.Length > 1 ? binder.BindNumber(call.Arguments[0]) : new BoundExpression.Number(length >= Length6 ? Version6 : Version4, TraceType.Int64, call.Span);
        return new BoundExpression.Call(function, [family, address], new TraceType.InternetAddress(), call.Span);
    }

    private static void WriteAddress(ProbeLowering l, BoundExpression.Call call, Place to)
    {
        l.Store(to, l.Lower(call.Operands[0]), sizeof(uint));
        var bytes = to.Plus(sizeof(uint));
        var address = call.Operands[1];
        if (address.Type is TraceType.Integer)
        {
            l.Store(bytes, l.Lower(address), Length4);
            l.Clear(bytes.Plus(Length4), Length6 - Length4);
            return;
        }

        int length = Math.Min(Length6, ValueLayout.SizeOf(address.Type));
        l.Copy(bytes, l.PlaceOf(address), length);
        l.Clear(bytes.Plus(length), Length6 - length);
    }

    private static BoundExpression BindWritten(Binder binder, Expression.Call call, TraceFunction function)
    {
        if (binder.LiteralOf(call, 0) is not { } literal) return new BoundExpression.Nothing(call.Span);
        string text = System.Text.Encoding.UTF8.GetString(literal.Bytes.AsSpan());
        if (System.Net.IPAddress.TryParse(text, out var address) && (text.Contains('.', StringComparison.Ordinal) || text.Contains(':', StringComparison.Ordinal)))
        {
            byte[] bytes = address.GetAddressBytes();
            return new BoundExpression.Call(function, [new BoundExpression.Literal([.. bytes], call.Span)], new TraceType.Array(TraceType.UInt8, bytes.Length), call.Span);
        }

        binder.Error(TraceDiagnostics.BadArgument, $"'{text}' is no address of the internet protocol", literal.Span, function.Usage);
        return new BoundExpression.Nothing(call.Span);
    }

    private static BoundExpression BindHardware(Binder binder, Expression.Call call, TraceFunction function)
    {
        var address = binder.Bind(call.Arguments[0]);
        if (address.Type is TraceType.Array or TraceType.Text && ValueLayout.SizeOf(address.Type) >= 6) return new BoundExpression.Call(function, [address], new TraceType.HardwareAddress(), call.Span);
        if (address.Type is not TraceType.Nothing) binder.Error(TraceDiagnostics.TypeMismatch, $"macaddr takes an array of 6 bytes, not {address.Type}", address.Span);
        return new BoundExpression.Nothing(call.Span);
    }

    private static BoundExpression.Call BindSwap(Binder binder, Expression.Call call, TraceFunction function)
    {
        var number = binder.BindNumber(call.Arguments[0]);
        return new(function, [number], number.Type is TraceType.Integer x ? x with { IsSigned = false } : TraceType.UInt64, call.Span);
    }

    private static Value LowerSwap(ProbeLowering l, BoundExpression.Call call)
    {
        int bytes = ValueLayout.SizeOf(call.Type);
        var value = l.Lower(call.Operands[0]);
        if (bytes == 1) return value;
        var narrow = bytes == 8 ? value : l.Add(new Bpf.Compiler.Ir.Convert(Conversion.Truncate, IrType.IntOf(bytes * 8), value));
        return l.Extend(l.Add(new SwapBytes(narrow)), isSigned: false);
    }

    private static BoundExpression BindRegister(Binder binder, Expression.Call call, TraceFunction function)
    {
        if (binder.LiteralOf(call, 0) is not { } literal) return new BoundExpression.Nothing(call.Span);
        string name = System.Text.Encoding.UTF8.GetString(literal.Bytes.AsSpan());
        if (binder.Site is not (ProbeSite.KernelProbe or ProbeSite.UserProbe or ProbeSite.Profile or ProbeSite.Interval or ProbeSite.Counter or ProbeSite.Watchpoint))
            binder.Error(TraceDiagnostics.NotInThisProbe, $"'{binder.Site.Name}' hands over no registers", call.Span, "kprobe, uprobe, profile and interval do");
        if (ProcessorRegisters.Find(name) is { } offset) return new BoundExpression.Call(function, [new BoundExpression.Number(offset, TraceType.Int64, call.Span)], TraceType.UInt64, call.Span);
        binder.Error(TraceDiagnostics.BadArgument, $"there is no register '{name}'", literal.Span, $"there are {string.Join(", ", ProcessorRegisters.Names)}");
        return new BoundExpression.Nothing(call.Span);
    }

    private static BoundExpression.Call BindClock(Binder binder, Expression.Call call, TraceFunction function)
    {
        long clock = call.Arguments[0] is Expression.Identifier { Name: var name } ? name switch
        {
            "boot" => 0,
            "monotonic" => (long)Bpf.Objects.Uapi.HelperId.KtimeGetNs,
            "tai" or "sw_tai" => (long)Bpf.Objects.Uapi.HelperId.KtimeGetTaiNs,
            _ => -1,
        } : -1;
        if (clock < 0) binder.Error(TraceDiagnostics.BadArgument, "there is no such clock", call.Arguments[0].Span, "there are boot, monotonic and tai");
        return new(function, [new BoundExpression.Number(clock, TraceType.Int64, call.Span)], TraceType.UInt64, call.Span);
    }
}
