// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Text;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Trace.Binding;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Events;
using Ruche.Trace.Lowering;
using Ruche.Trace.Probes;
using Ruche.Trace.Syntax;
using Ruche.Trace.Types;
using BinaryOperator = Ruche.Bpf.Compiler.Ir.BinaryOperator;

namespace Ruche.Trace.Functions;

/// <summary>Functions for objects of the kernel. They take what the probe itself was given: the kernel knows of such a pointer that it is right.</summary>
internal static class KernelObjectFunctions
{
    private const long ThisProcessor = 0xffff_ffff;
    private const int LengthShift = 32;
    private const int LongestPacket = 0xf_ffff;

    public static ImmutableArray<TraceFunction> All { get; } =
    [
        OfObject(new("socket_cookie", 1, 1, BindCookie) { Usage = "socket_cookie(args.sk)", Value = (l, x) => l.Call(HelperId.GetSocketCookie, l.Lower(x.Operands[0])) }),
        OfObject(new("path", 1, 2, BindPath) { Usage = "path(args.path) or path(args.file->f_path, length)", Write = WritePath }),
        OfObject(new("skboutput", 4, 4, BindPacket) { Usage = "skboutput(\"file.pcap\", args.skb, args.skb->len, 0)", Value = LowerPacket }),
    ];

    private static TraceFunction OfObject(TraceFunction function) => function with { TakesKernelObject = true };

    private static bool IsPossible(Binder binder, Expression.Call call)
    {
        if (binder.Site is ProbeSite.KernelFunction or ProbeSite.RawTracepoint or ProbeSite.Iterator) return true;
        binder.Error(TraceDiagnostics.NotInThisProbe, $"'{call.Name}' is not known in '{binder.Site.Name}'", call.Span, "fentry, fexit, rawtracepoint and iter hand over objects of the kernel");
        return false;
    }

    private static BoundExpression BindCookie(Binder binder, Expression.Call call, TraceFunction function)
    {
        var socket = binder.BindNumber(call.Arguments[0]);
        return IsPossible(binder, call) ? new BoundExpression.Call(function, [socket], TraceType.UInt64, call.Span) : new BoundExpression.Nothing(call.Span);
    }

    private static BoundExpression BindPath(Binder binder, Expression.Call call, TraceFunction function)
    {
        var path = binder.Bind(call.Arguments[0]);
        int capacity = binder.Options.TextCapacity;
        if (path.Type is not (TraceType.Pointer or TraceType.Record))
        {
            if (path.Type is not TraceType.Nothing) binder.Error(TraceDiagnostics.TypeMismatch, $"path takes a struct path, or a pointer to one, not {path.Type}", path.Span, function.Usage);
            return new BoundExpression.Nothing(call.Span);
        }

        if (call.Arguments.Length > 1)
        {
            if (binder.Bind(call.Arguments[1]) is BoundExpression.Number { Value: > 1 and var length }) capacity = (int)Math.Min(length, capacity);
            else binder.Error(TraceDiagnostics.BadArgument, "how long a path may be must be known when the script is compiled", call.Arguments[1].Span, function.Usage);
        }

        return IsPossible(binder, call) ? new BoundExpression.Call(function, [path], new TraceType.Text(capacity), call.Span) : new BoundExpression.Nothing(call.Span);
    }

    // The kernel writes from the end of the buffer, and leaves behind the text what was there. Of a path that is too long the end is kept.
    private static void WritePath(ProbeLowering l, BoundExpression.Call call, Place to)
    {
        int capacity = ((TraceType.Text)call.Type).Capacity, longest = l.Script.Options.TextCapacity;
        var path = call.Operands[0];
        var address = path.Type is TraceType.Pointer ? l.Lower(path) : l.AddressOf(l.PlaceOf(path));
        var whole = l.InScratch(longest);
        l.Store(whole, ProbeLowering.Number(0), 1);
        var length = l.Call(HelperId.DPath, address, l.AddressOf(whole), ProbeLowering.Number(longest));
        Value start = l.AddressOf(whole);
        if (capacity < longest)
        {
            var surplus = l.Combine(BinaryOperator.Sub, length, ProbeLowering.Number(capacity));
            var skipped = l.Add(new Select(l.Compare(Comparison.Greater, surplus, ProbeLowering.Number(0)), surplus, ProbeLowering.Number(0)));
            start = l.Combine(BinaryOperator.Add, start, l.Limit(skipped, longest - 1));
        }

        l.CopyText(to, start, capacity, isUser: false, clears: true);
    }

    private static BoundExpression BindPacket(Binder binder, Expression.Call call, TraceFunction function)
    {
        var packet = binder.BindNumber(call.Arguments[1]);
        var length = binder.BindNumber(call.Arguments[2]);
        if (binder.LiteralOf(call, 0) is not { } file) return new BoundExpression.Nothing(call.Span);
        if (binder.Bind(call.Arguments[3]) is not BoundExpression.Number { Value: >= 0 and <= LongestPacket and var skipped })
        {
            binder.Error(TraceDiagnostics.BadArgument, "how many bytes of a packet are left out must be known when the script is compiled", call.Arguments[3].Span, function.Usage);
            return new BoundExpression.Nothing(call.Span);
        }

        if (!IsPossible(binder, call)) return new BoundExpression.Nothing(call.Span);
        TraceEvent.Packet told = new(Encoding.UTF8.GetString(file.Bytes.AsSpan()), (int)skipped) { Span = call.Span };
        return new BoundExpression.Call(function, [packet, length, new BoundExpression.Tell(told, [], call.Span)], TraceType.Int64, call.Span);
    }

    // The kernel puts the packet behind what we say of it, and something behind the packet.
    private static HelperCall LowerPacket(ProbeLowering l, BoundExpression.Call call)
    {
        var told = (TraceEvent.Packet)((BoundExpression.Tell)call.Operands[2]).Event;
        var head = l.Temporary(TraceEvent.Packet.Head);
        l.Store(head, ProbeLowering.Number(l.Script.NumberOf(told)), sizeof(ulong));
        l.Store(head.Plus(sizeof(ulong)), TraceBuiltins.Now(l), sizeof(ulong));
        var length = l.Limit(l.Lower(call.Operands[1]), LongestPacket);
        l.Store(head.Plus(2 * sizeof(ulong)), length, sizeof(ulong));
        var flags = l.Combine(BinaryOperator.Or, l.Combine(BinaryOperator.Shl, length, ProbeLowering.Number(LengthShift)), ProbeLowering.Number(ThisProcessor));
        return l.Call(HelperId.SkbOutput, l.Lower(call.Operands[0]), l.Map(l.Script.PacketMap()), flags, l.AddressOf(head), ProbeLowering.Number(TraceEvent.Packet.Head));
    }
}
