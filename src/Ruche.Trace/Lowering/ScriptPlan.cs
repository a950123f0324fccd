// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Trace.Binding;
using Ruche.Trace.Events;
using Ruche.Trace.Types;

namespace Ruche.Trace.Lowering;

/// <summary>A script as programs: what is compiled, and what readers must know of it.</summary>
/// <param name="Module">The programs and maps.</param>
/// <param name="Programs">Where each program is attached.</param>
/// <param name="Maps">The script's maps.</param>
/// <param name="Events">The events, by number.</param>
/// <param name="Stacks">The maps of stacks.</param>
/// <param name="Options">What the script is compiled with.</param>
internal sealed record ScriptPlan(
    Module Module, ImmutableArray<ProgramPlan> Programs, ImmutableArray<MapStorage> Maps, ImmutableArray<TraceEvent> Events, IReadOnlyDictionary<StackKind, string> Stacks,
    ScriptOptions Options);
