// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Compiler.Ir.Text;

namespace Ruche.Trace.Unwinding;

/// <summary>The functions that go through a process's stack by rows of <see cref="Symbols.Unwinding.UnwindTable"/>, for x64.</summary>
internal static class UnwindFunctions
{
    // Where task_pt_regs has them.
    private const int Frame = 32;
    private const int Place = 128;
    private const int CodeSegment = 136;
    private const int Stack = 152;

    // The CFA is found already; the caller's frame pointer is 16 below it.
    private const long GuessedRow = 1L << 51 | -2L << 53;

    /// <summary>The function for stacks of a depth. It takes the process and the number of the state, and yields the number of the stack, or an error below zero.</summary>
    public static string NameOf(int depth) => string.Create(CultureInfo.InvariantCulture, $"unwind_{depth}");

    /// <summary>The map of stacks of a depth, by their numbers.</summary>
    public static string MapOf(int depth) => string.Create(CultureInfo.InvariantCulture, $"stacks_d{depth}");

    /// <summary>Adds what all the functions need to a module.</summary>
    public static void AddMapsTo(Module module, int states, int deepest) => module.Maps.AddRange(IrParser.Parse(string.Create(CultureInfo.InvariantCulture, $"""
        map @{UnwindLayout.Rows} array key 4 value 8 entries {UnwindLayout.MostRows} flags {(uint)Bpf.Objects.Specs.MapFlags.MemoryMapped}
        map @{UnwindLayout.Processes} hash key 8 value {UnwindLayout.ProcessSize} entries {UnwindLayout.MostProcesses}
        map @{UnwindLayout.States} percpuarray key 4 value {UnwindLayout.Addresses + (deepest * sizeof(ulong))} entries {states}
        """), "unwind").Maps);

    /// <summary>
    /// Adds the function for a depth to a module. What changes from frame to frame lies in the state, not in registers: of that the verifier knows
    /// nothing, and it need not look at each round of the loop. Code without a row is taken to keep a frame pointer.
    /// </summary>
    public static void AddTo(Module module, int depth, uint stacks)
    {
        var parsed = IrParser.Parse(string.Create(CultureInfo.InvariantCulture, $$"""
            map @{{MapOf(depth)}} hash key 8 value {{depth * sizeof(ulong)}} entries {{stacks}}

            function @{{NameOf(depth)}}(%process: i64, %index: i64) -> i64 {
            entry:
              %key = stack 4 align 4
              %number = stack 8 align 8
              %word = stack 8 align 8
              %low32 = truncate %index to i32
              store %key, %low32
              store %number, %process
              %states = map @{{UnwindLayout.States}}
              %state = call bpf_map_lookup_elem(%states, %key) -> ptr.value
              %none = eq %state, 0
              branch %none, nothing, find
            find:
              %tasks = map @{{UnwindLayout.Processes}}
              %known = call bpf_map_lookup_elem(%tasks, %number) -> ptr.value
              %unknown = eq %known, 0
              branch %unknown, stranger, begin(%known)
            stranger:
              store %number, i64 0
              %tasks2 = map @{{UnwindLayout.Processes}}
              %empty = call bpf_map_lookup_elem(%tasks2, %number) -> ptr.value
              %gone = eq %empty, 0
              branch %gone, nothing, begin(%empty)
            begin(%task: ptr.value):
              %addresses = add %state, {{UnwindLayout.Addresses}}
              %cleared = call bpf_probe_read_kernel(%addresses, i64 {{depth * sizeof(ulong)}}, i64 0) -> i64
              %current = call bpf_get_current_task_btf() -> i64
              %regs = call bpf_task_pt_regs(%current) -> i64
              %ips = add %regs, {{Place}}
              %read1 = call bpf_probe_read_kernel(%state, i64 8, %ips) -> i64
              %sps = add %regs, {{Stack}}
              %statesp = add %state, {{UnwindLayout.Stack}}
              %read2 = call bpf_probe_read_kernel(%statesp, i64 8, %sps) -> i64
              %bps = add %regs, {{Frame}}
              %statebp = add %state, {{UnwindLayout.Frame}}
              %read3 = call bpf_probe_read_kernel(%statebp, i64 8, %bps) -> i64
              %css = add %regs, {{CodeSegment}}
              store %word, i64 0
              %read4 = call bpf_probe_read_kernel(%word, i64 8, %css) -> i64
              %cs = load i64 %word
              %ring = and %cs, 3
              %isuser = eq %ring, 3
              store %state + {{UnwindLayout.Count}}, i64 0
              store %state + {{UnwindLayout.Hash}}, i64 0
              store %state + {{UnwindLayout.Zero}}, i64 0
              branch %isuser, round, nothing
            round:
              %more = may_continue
              branch %more, look, done
            look:
              %count = load i64 %state + {{UnwindLayout.Count}}
              %room = ult %count, {{depth}}
              branch %room, place, done
            place:
              %ip = load i64 %state
              %end0 = eq %ip, 0
              branch %end0, done, keep
            keep:
              %distance = shl %count, 3
              %slot = add %state, %distance
              store %slot + {{UnwindLayout.Addresses}}, %ip
              %next = add %count, 1
              store %state + {{UnwindLayout.Count}}, %next
              %hash = load i64 %state + {{UnwindLayout.Hash}}
              %mixed = xor %hash, %ip
              %spread = mul %mixed, {{unchecked((long)0x9e3779b97f4a7c15)}}
              %top = lshr %spread, 29
              %folded = xor %spread, %top
              store %state + {{UnwindLayout.Hash}}, %folded
              %isfirst = eq %count, 0
              %less = select %isfirst, i64 0, i64 1
              %pc = sub %ip, %less
              %zero = load i64 %state + {{UnwindLayout.Zero}}
              %ranges = load i64 %task
              jump seek(%zero, %ranges)
            seek(%low: i64, %high: i64):
              %more1 = may_continue
              branch %more1, seek1, missed
            seek1:
              %left = ult %low, %high
              branch %left, seek2, missed
            seek2:
              %sum = add %low, %high
              %middle = lshr %sum, 1
              %inside = ult %middle, {{UnwindLayout.MostMappings}}
              branch %inside, seek3, missed
            seek3:
              %far = shl %middle, {{UnwindLayout.MappingShift}}
              %range = add %task, %far
              %start = load i64 %range + {{UnwindLayout.Mappings}}
              %isbelow = ult %pc, %start
              branch %isbelow, seek(%low, %middle), seek4
            seek4:
              %rangeend = load i64 %range + {{UnwindLayout.Mappings + 8}}
              %isinside = ult %pc, %rangeend
              %up = add %middle, 1
              branch %isinside, found(%middle), seek(%up, %high)
            found(%which: i64):
              %valid = ult %which, {{UnwindLayout.MostMappings}}
              branch %valid, found1, missed
            found1:
              %away = shl %which, {{UnwindLayout.MappingShift}}
              %here = add %task, %away
              %bias = load i64 %here + {{UnwindLayout.Mappings + 16}}
              %first32 = load i32 %here + {{UnwindLayout.Mappings + 24}}
              %size32 = load i32 %here + {{UnwindLayout.Mappings + 28}}
              %first = zero_extend %first32 to i64
              %size = zero_extend %size32 to i64
              %last = add %first, %size
              %moved = add %pc, %bias
              %target = and %moved, {{uint.MaxValue}}
              %zero2 = load i64 %state + {{UnwindLayout.Zero}}
              jump rows(%first, %last, %zero2)
            rows(%rlow: i64, %rhigh: i64, %best: i64):
              %more2 = may_continue
              branch %more2, rows1, apply(%best)
            rows1:
              %rleft = ult %rlow, %rhigh
              branch %rleft, rows2, apply(%best)
            rows2:
              %rsum = add %rlow, %rhigh
              %rmiddle = lshr %rsum, 1
              %rindex = truncate %rmiddle to i32
              store %key, %rindex
              %rowmap = map @{{UnwindLayout.Rows}}
              %rowat = call bpf_map_lookup_elem(%rowmap, %key) -> ptr.value
              %norow = eq %rowat, 0
              branch %norow, apply(%best), rows3
            rows3:
              %candidate = load i64 %rowat
              %rstart = and %candidate, {{uint.MaxValue}}
              %isafter = ult %target, %rstart
              %rup = add %rmiddle, 1
              branch %isafter, rows(%rlow, %rmiddle, %best), rows(%rup, %rhigh, %candidate)
            missed:
              %misses = load i64 %task + {{UnwindLayout.Missed}}
              %worse = add %misses, 1
              store %task + {{UnwindLayout.Missed}}, %worse
              %zero3 = load i64 %state + {{UnwindLayout.Zero}}
              jump apply(%zero3)
            apply(%row: i64):
              %sp = load i64 %state + {{UnwindLayout.Stack}}
              %bp = load i64 %state + {{UnwindLayout.Frame}}
              %high32 = lshr %row, 32
              %kind = and %high32, 7
              %raised = shl %row, 13
              %words = ashr %raised, 48
              %offset = shl %words, 3
              %isstack = eq %kind, 2
              branch %isstack, bystack, kind3
            bystack:
              %cfa2 = add %sp, %offset
              jump leave(%cfa2, %row)
            kind3:
              %isframe = eq %kind, 3
              branch %isframe, byframe, kind0
            byframe:
              %cfa3 = add %bp, %offset
              jump leave(%cfa3, %row)
            kind0:
              %iswithout = eq %kind, 0
              branch %iswithout, guess, kind4
            guess:
              %cfa0 = add %bp, 16
              jump leave(%cfa0, i64 {{GuessedRow}})
            kind4:
              %isstored = eq %kind, 4
              branch %isstored, bystored, kind5
            bystored:
              %stored = add %bp, %offset
              %read5 = call bpf_probe_read_user(%word, i64 8, %stored) -> i64
              %failed5 = ne %read5, 0
              %cfa4 = load i64 %word
              branch %failed5, done, leave(%cfa4, %row)
            kind5:
              %isstub = eq %kind, 5
              branch %isstub, bystub, kind6
            bystub:
              %low4 = and %pc, 15
              %ispushed = uge %low4, %words
              %height = select %ispushed, i64 16, i64 8
              %cfa5 = add %sp, %height
              jump leave(%cfa5, %row)
            kind6:
              %issignal = eq %kind, 6
              branch %issignal, bysignal, done
            bysignal:
              %sigbp = add %sp, 120
              %statebp6 = add %state, {{UnwindLayout.Frame}}
              %read6 = call bpf_probe_read_user(%statebp6, i64 8, %sigbp) -> i64
              %sigip = add %sp, 168
              %read7 = call bpf_probe_read_user(%state, i64 8, %sigip) -> i64
              %sigsp = add %sp, 160
              %statesp6 = add %state, {{UnwindLayout.Stack}}
              %read8 = call bpf_probe_read_user(%statesp6, i64 8, %sigsp) -> i64
              %failed8 = ne %read8, 0
              branch %failed8, done, round
            leave(%cfa: i64, %how: i64):
              %isup = ugt %cfa, %sp
              branch %isup, leave1, done
            leave1:
              %returns = sub %cfa, 8
              %read9 = call bpf_probe_read_user(%state, i64 8, %returns) -> i64
              %failed9 = ne %read9, 0
              branch %failed9, done, leave2
            leave2:
              store %state + {{UnwindLayout.Stack}}, %cfa
              %saved = lshr %how, 51
              %where = and %saved, 3
              %iskept = eq %where, 0
              branch %iskept, round, leave3
            leave3:
              %savedwords = ashr %how, 53
              %savedoffset = shl %savedwords, 3
              %atcfa = eq %where, 1
              %from = select %atcfa, %cfa, %bp
              %savedat = add %from, %savedoffset
              %statebp9 = add %state, {{UnwindLayout.Frame}}
              %read10 = call bpf_probe_read_user(%statebp9, i64 8, %savedat) -> i64
              %failed10 = ne %read10, 0
              branch %failed10, done, round
            done:
              %total = load i64 %state + {{UnwindLayout.Count}}
              %isempty = eq %total, 0
              branch %isempty, nothing, save
            save:
              %sum64 = load i64 %state + {{UnwindLayout.Hash}}
              %id = lshr %sum64, 1
              store %number, %id
              %stacks = map @{{MapOf(depth)}}
              %saving = add %state, {{UnwindLayout.Addresses}}
              %told = call bpf_map_update_elem(%stacks, %number, %saving, i64 1) -> i64
              %isnew = eq %told, 0
              branch %isnew, yield, again
            again:
              %isthere = eq %told, -17
              branch %isthere, yield, full
            full:
              return %told
            yield:
              return %id
            nothing:
              return i64 -14
            }
            """), "unwind");
        module.Maps.AddRange(parsed.Maps);
        module.Functions.AddRange(parsed.Functions);
    }
}
