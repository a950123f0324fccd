// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace Ruche.Trace.Types;

/// <summary>Types as scripts write them.</summary>
internal static class TypeText
{
    public static string Of(TraceType type) => type switch
    {
        TraceType.Nothing => "none",
        TraceType.Integer x => $"{(x.IsSigned ? "" : "u")}int{x.Bytes * 8}",
        TraceType.Boolean => "bool",
        TraceType.Enumeration x => x.Layout.Name,
        TraceType.Text x => $"string[{x.Capacity}]",
        TraceType.Buffer x => $"buffer[{x.Capacity}]",
        TraceType.Array x => $"{Of(x.Element)}[{x.Count}]",
        TraceType.Pointer x => x.Target is TraceType.Nothing ? "void *" : $"{Of(x.Target)} *",
        TraceType.Record x => x.Layout.Name,
        TraceType.Tuple { Names.IsEmpty: false } x => $"record {{ {string.Join(", ", x.Names.Zip(x.Elements, (n, e) => $".{n} = {Of(e)}"))} }}",
        TraceType.Tuple x => $"({string.Join(",", x.Elements.Select(Of))})",
        TraceType.Stack x => x.IsUser ? "ustack_t" : "kstack_t",
        TraceType.Symbol x => x.IsUser ? "usym_t" : "ksym_t",
        TraceType.InternetAddress => "inet",
        TraceType.HardwareAddress => "macaddr_t",
        TraceType.Timestamp => "timestamp",
        TraceType.Named { Kind: NameKind.User } => "username_t",
        TraceType.Named { Kind: NameKind.ControlGroup } => "cgroup_path_t",
        TraceType.Named => "comm_t",
        TraceType.Code => "string",
        TraceType.Aggregate x => Of(x.Of),
        _ => throw new UnreachableException($"no case for {type.GetType().Name}"),
    };

    /// <summary>What kind of type it is, whatever it consists of.</summary>
    public static string KindOf(TraceType type) => type switch
    {
        TraceType.Integer or TraceType.Enumeration => "int",
        TraceType.Text => "string",
        TraceType.Buffer => "buffer",
        TraceType.Array => "array",
        TraceType.Pointer => "pointer",
        TraceType.Record => "c_type",
        TraceType.Tuple x => x.Names.IsEmpty ? "tuple" : "record",
        _ => Of(type),
    };

    private static string Of(Aggregation aggregation) => aggregation switch
    {
        Aggregation.Count => "count_t",
        Aggregation.Sum x => x.IsSigned ? "sum_t" : "usum_t",
        Aggregation.Minimum x => x.IsSigned ? "min_t" : "umin_t",
        Aggregation.Maximum x => x.IsSigned ? "max_t" : "umax_t",
        Aggregation.Average x => x.IsSigned ? "avg_t" : "uavg_t",
        Aggregation.Statistics x => x.IsSigned ? "stats_t" : "ustats_t",
        Aggregation.Log2 => "hist_t",
        Aggregation.Linear => "lhist_t",
        Aggregation.Series => "tseries_t",
        _ => throw new UnreachableException($"no case for {aggregation.GetType().Name}"),
    };
}
