// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Compiler.Ir.Text;

namespace Ruche.Trace.Unwinding;

/// <summary>The functions that go through a process's stack by rows of <see cref="Symbols.Unwinding.UnwindTable"/>, for x64.</summary>
internal static class UnwindFunctions
{
    /// <summary>
    /// Takes the process, the number of the state, the address of the registers with which the process entered the kernel, and how deep to go. Yields how
    /// many addresses the stack has; they are in the state.
    /// </summary>
    public const string Walk = "unwind";

    // Where pt_regs has them.
    private const int Frame = 32;
    private const int Place = 128;
    private const int CodeSegment = 136;
    private const int Stack = 152;

    /// <summary>The function that keeps stacks of a depth. It takes what <see cref="Walk"/> takes but for the depth, and yields the number of the stack, or an error below zero.</summary>
    public static string NameOf(int depth) => string.Create(CultureInfo.InvariantCulture, $"unwind_{depth}");

    /// <summary>The map of stacks of a depth, by their numbers.</summary>
    public static string MapOf(int depth) => string.Create(CultureInfo.InvariantCulture, $"stacks_d{depth}");

    /// <summary>Adds the functions to a module that go through stacks of a depth and less, in so many states.</summary>
    public static void AddTo(Module module, UnwindRoom room, int states, int deepest)
    {
        Add(module, string.Create(CultureInfo.InvariantCulture, $$"""
            map @{{UnwindLayout.Rows}} array key 4 value {{room.RowsOfPart * sizeof(ulong)}} entries {{room.Parts}} flags {{(uint)Bpf.Objects.Specs.MapFlags.MemoryMapped}}
            map @{{UnwindLayout.Processes}} hash key 8 value {{UnwindLayout.ProcessSize(room.Mappings)}} entries {{room.Processes}}
            map @{{UnwindLayout.States}} percpuarray key 4 value {{UnwindLayout.Addresses + (deepest * sizeof(ulong))}} entries {{states}}

            function @{{Walk}}(%process: i64, %index: i64, %regs: i64, %depth: i64) -> i64 observer {
            entry:
            {{FindState(orElse: "nothing", then: "find")}}
            find:
              %number = stack 8 align 8
              store %number, %process
              %tasks = map @{{UnwindLayout.Processes}}
              %known = call bpf_map_lookup_elem(%tasks, %number) -> ptr.value
              %unknown = eq %known, 0
              branch %unknown, begin(i64 0), begin(%process)
            begin(%whose: i64):
              %addresses = add %state, {{UnwindLayout.Addresses}}
              %size = shl %depth, 3
              %cleared = call bpf_probe_read_kernel(%addresses, %size, i64 0) -> i64
              %ips = add %regs, {{Place}}
              %read1 = call bpf_probe_read_kernel(%state, i64 8, %ips) -> i64
              %sps = add %regs, {{Stack}}
              %statesp = add %state, {{UnwindLayout.Stack}}
              %read2 = call bpf_probe_read_kernel(%statesp, i64 8, %sps) -> i64
              %bps = add %regs, {{Frame}}
              %statebp = add %state, {{UnwindLayout.Frame}}
              %read3 = call bpf_probe_read_kernel(%statebp, i64 8, %bps) -> i64
              %css = add %regs, {{CodeSegment}}
              %word = stack 8 align 8
              store %word, i64 0
              %read4 = call bpf_probe_read_kernel(%word, i64 8, %css) -> i64
              %cs = load i64 %word
              %ring = and %cs, 3
              %isuser = eq %ring, 3
              store %state + {{UnwindLayout.Count}}, i64 0
              store %state + {{UnwindLayout.Hash}}, i64 0
              branch %isuser, round(i64 0), nothing
            round(%done: i64):
              %more = ult %done, {{(deepest + UnwindFrame.FramesOfCall - 1) / UnwindFrame.FramesOfCall}}
              branch %more, step, end
            step:
              %isover = local @{{UnwindFrame.Name}}(%whose, %index, %depth) -> i64
              %over = ne %isover, 0
              %next = add %done, 1
              branch %over, end, round(%next)
            end:
              %total = load i64 %state + {{UnwindLayout.Count}}
              return %total
            nothing:
              return i64 0
            }
            """));
        UnwindFrame.AddTo(module, room, deepest);
    }

    /// <summary>Adds the function that keeps stacks of a depth to a module, and the map of so many of them. Before 6.4, the map answers with 32 bits.</summary>
    public static void AddKeeping(Module module, int depth, uint stacks) => Add(module, string.Create(CultureInfo.InvariantCulture, $$"""
        map @{{MapOf(depth)}} hash key 8 value {{depth * sizeof(ulong)}} entries {{stacks}}

        function @{{NameOf(depth)}}(%process: i64, %index: i64, %regs: i64) -> i64 observer {
        entry:
          %count = local @{{Walk}}(%process, %index, %regs, i64 {{depth}}) -> i64
          %isempty = eq %count, 0
          branch %isempty, nothing, find
        find:
        {{FindState(orElse: "nothing", then: "save")}}
        save:
          %sum = load i64 %state + {{UnwindLayout.Hash}}
          %id = lshr %sum, 1
          %number = stack 8 align 8
          store %number, %id
          %stacks = map @{{MapOf(depth)}}
          %saving = add %state, {{UnwindLayout.Addresses}}
          %told = call bpf_map_update_elem(%stacks, %number, %saving, i64 1) -> i64
          %error = truncate %told to i32
          %isnew = eq %error, 0
          branch %isnew, yield, again
        again:
          %isthere = eq %error, -17
          branch %isthere, yield, full
        full:
          %wide = sign_extend %error to i64
          return %wide
        yield:
          return %id
        nothing:
          return i64 -14
        }
        """));

    /// <summary>What finds the state of a number.</summary>
    public static string FindState(string orElse, string then) => $"""
          %key = stack 4 align 4
          %low32 = truncate %index to i32
          store %key, %low32
          %states = map @{UnwindLayout.States}
          %state = call bpf_map_lookup_elem(%states, %key) -> ptr.value
          %none = eq %state, 0
          branch %none, {orElse}, {then}
        """;

    /// <summary>Adds what a text says to a module.</summary>
    public static void Add(Module module, string text)
    {
        var parsed = IrParser.Parse(text, "unwind");
        module.Maps.AddRange(parsed.Maps);
        module.Functions.AddRange(parsed.Functions);
    }
}
