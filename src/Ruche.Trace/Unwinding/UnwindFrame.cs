// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Numerics;
using System.Text;
using Ruche.Bpf.Compiler.Ir;

namespace Ruche.Trace.Unwinding;

/// <summary>
/// The function that leaves some frames of a stack. It is a global one, that the verifier looks at once, so that a walk costs it a few calls on every
/// kernel. Both searches go by halves without a branch: a comparison is the sign of a difference, moved to where it is the step. As a mask it would not
/// do: newer verifiers look at both outcomes of that apart.
/// </summary>
internal static class UnwindFrame
{
    /// <summary>Takes the process, 0 for one that is not known, the number of the state, and how deep to go. Yields 0 when there is a frame left.</summary>
    public const string Name = "unwind_frames";

    /// <summary>How many frames one call leaves at most: what it looks up is looked up once for them, and a round costs the verifier some 2,000 instructions.</summary>
    public const int FramesOfCall = 4;

    // Files of few rows are not searched in the large steps; how many steps are left out together.
    private const int StepsOfTier = 4;

    // The CFA is found already; the caller's frame pointer is 16 below it.
    private const long GuessedRow = 1L << 51 | -2L << 53;

    /// <summary>Adds the function for stacks of a depth and less to a module. Code without a row is taken to keep a frame pointer.</summary>
    public static void AddTo(Module module, UnwindRoom room, int deepest) =>
        UnwindFunctions.Add(module, string.Create(CultureInfo.InvariantCulture, $$"""
            function @{{Name}}(%process: i64, %index: i64, %depth: i64) -> i64 global observer {
            entry:
              %word = stack 8 align 8
            {{UnwindFunctions.FindState(orElse: "end", then: "find")}}
            find:
              store %word, %process
              %tasks = map @{{UnwindLayout.Processes}}
              %task = call bpf_map_lookup_elem(%tasks, %word) -> ptr.value
              %gone = eq %task, 0
              branch %gone, end, look(i64 1)
            look(%frame: i64):
              %ip = load i64 %state
              %nowhere = eq %ip, 0
              branch %nowhere, end, place
            place:
              %count = load i64 %state + {{UnwindLayout.Count}}
              %wanted = ult %count, %depth
              branch %wanted, within, end
            within:
              %room = ult %count, {{deepest}}
              branch %room, keep, end
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
              %behind = add %pc, 1
              %used = load i64 %task
            {{SearchRanges(room)}}
              %away = shl %range, {{UnwindLayout.MappingShift}}
              %here = add %task, %away
              %start = load i64 %here + {{UnwindLayout.Mappings}}
              %rangeend = load i64 %here + {{UnwindLayout.Mappings + 8}}
              %into = sub %pc, %start
              %length = sub %rangeend, %start
              %isinside = ult %into, %length
              branch %isinside, found, missed
            found:
              %bias = load i64 %here + {{UnwindLayout.Mappings + 16}}
              %first32 = load i32 %here + {{UnwindLayout.Mappings + 24}}
              %size32 = load i32 %here + {{UnwindLayout.Mappings + 28}}
              %first = zero_extend %first32 to i64
              %size = zero_extend %size32 to i64
              %moved = add %pc, %bias
              %target = and %moved, {{uint.MaxValue}}
              %after = add %target, 1
              %number = lshr %first, {{BitOperations.Log2((uint)room.RowsOfPart)}}
              %number32 = truncate %number to i32
              store %key, %number32
              %rows = map @{{UnwindLayout.Rows}}
              %part = call bpf_map_lookup_elem(%rows, %key) -> ptr.value
              %nopart = eq %part, 0
              branch %nopart, apply(i64 0), search
            search:
            {{SearchRows(room)}}
              %chosen = add %first, %row
              %chosenwithin = and %chosen, {{room.RowsOfPart - 1}}
              %chosenaway = shl %chosenwithin, 3
              %chosenat = add %part, %chosenaway
              %candidate = load i64 %chosenat
              %rowstart = and %candidate, {{uint.MaxValue}}
              %isbefore = ule %rowstart, %target
              %hasrows = ne %size, 0
              %holds = and %isbefore, %hasrows
              branch %holds, apply(%candidate), apply(i64 0)
            missed:
              %misses = load i64 %task + {{UnwindLayout.Missed}}
              %worse = add %misses, 1
              store %task + {{UnwindLayout.Missed}}, %worse
              jump apply(i64 0)
            {{Apply}}
            end:
              return i64 1
            round:
              %isfull = eq %frame, {{FramesOfCall}}
              %another = add %frame, 1
              branch %isfull, on, look(%another)
            on:
              return i64 0
            }
            """));

    /// <summary>Leaves the frame by a row: finds the CFA, and from there the return address and the caller's frame pointer.</summary>
    private static string Apply => string.Create(CultureInfo.InvariantCulture, $$"""
        apply(%rule: i64):
          %sp = load i64 %state + {{UnwindLayout.Stack}}
          %bp = load i64 %state + {{UnwindLayout.Frame}}
          %high32 = lshr %rule, 32
          %kind = and %high32, 7
          %raised = shl %rule, 13
          %words = ashr %raised, 48
          %offset = shl %words, 3
          %isstack = eq %kind, 2
          branch %isstack, bystack, kind3
        bystack:
          %cfa2 = add %sp, %offset
          jump leave(%cfa2, %rule)
        kind3:
          %isframe = eq %kind, 3
          branch %isframe, byframe, kind0
        byframe:
          %cfa3 = add %bp, %offset
          jump leave(%cfa3, %rule)
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
          branch %failed5, end, leave(%cfa4, %rule)
        kind5:
          %isstub = eq %kind, 5
          branch %isstub, bystub, kind6
        bystub:
          %low4 = and %pc, 15
          %ispushed = uge %low4, %words
          %height = select %ispushed, i64 16, i64 8
          %cfa5 = add %sp, %height
          jump leave(%cfa5, %rule)
        kind6:
          %issignal = eq %kind, 6
          branch %issignal, bysignal, end
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
          branch %failed8, end, round
        leave(%cfa: i64, %how: i64):
          %isup = ugt %cfa, %sp
          branch %isup, leave1, end
        leave1:
          %returns = sub %cfa, 8
          %read9 = call bpf_probe_read_user(%state, i64 8, %returns) -> i64
          %failed9 = ne %read9, 0
          branch %failed9, end, leave2
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
          branch %failed10, end, round
        """);

    /// <summary>Finds the last range that begins no later than the place. The verifier sees that it stays among them: its number is a sum of steps.</summary>
    private static string SearchRanges(UnwindRoom room) => Search("range", BitOperations.Log2((uint)room.Mappings), "%used", (step, from) => $"""
          %rangefar{step} = shl {from}, {UnwindLayout.MappingShift}
          %rangeat{step} = add %task, %rangefar{step}
          %rangestart{step} = load i64 %rangeat{step} + {UnwindLayout.Mappings + (1 << step << UnwindLayout.MappingShift)}
          %rangedifference{step} = sub %rangestart{step}, %behind
        """);

    /// <summary>Finds how far behind the first row of a file the last is that begins no later than the target.</summary>
    private static string SearchRows(UnwindRoom room) => Search("row", BitOperations.Log2((uint)room.RowsOfPart), "%size", (step, from) => $"""
          %rownext{step} = add {from}, {1 << step}
          %rownumber{step} = add %rownext{step}, %first
          %rowwithin{step} = and %rownumber{step}, {room.RowsOfPart - 1}
          %rowfar{step} = shl %rowwithin{step}, 3
          %rowat{step} = add %part, %rowfar{step}
          %rowstart32x{step} = load i32 %rowat{step}
          %rowstart{step} = zero_extend %rowstart32x{step} to i64
          %rowpast{step} = sub %rowstart{step}, %after
          %rowbeyond{step} = sub %rownext{step}, %size
          %rowdifference{step} = and %rowpast{step}, %rowbeyond{step}
        """);

    /// <summary>
    /// Finds the last of so many things that comes before what is looked for, as <c>%NAME</c>, in a new block. What <paramref name="halve"/> yields of the thing a
    /// step further has a sign where that one comes before, too. Where there are few things, large steps are left out.
    /// </summary>
    private static string Search(string name, int steps, string many, Func<int, string, string> halve)
    {
        StringBuilder text = new();
        string from = "i64 0";
        for (int step = steps - 1; step >= 0; step--)
        {
            int tier = step / StepsOfTier;
            if (step == steps - 1 || step % StepsOfTier == StepsOfTier - 1)
            {
                text.Append(CultureInfo.InvariantCulture, $"""
                      jump {name}s{tier}({from})
                    {name}s{tier}(%{name}from{tier}: i64):
                      %{name}many{tier} = ugt {many}, {1 << (tier * StepsOfTier)}
                      branch %{name}many{tier}, {name}half{tier}, {(tier > 0 ? $"{name}s{tier - 1}" : $"{name}found")}(%{name}from{tier})
                    {name}half{tier}:

                    """);
                from = $"%{name}from{tier}";
            }

            text.Append(CultureInfo.InvariantCulture, $"""
                {halve(step, from)}
                  %{name}is{step} = lshr %{name}difference{step}, 63
                  %{name}step{step} = shl %{name}is{step}, {step}
                  %{name}best{step} = add %{name}step{step}, {from}

                """);
            from = $"%{name}best{step}";
        }

        return text.Append(CultureInfo.InvariantCulture, $"  jump {name}found({from})\n{name}found(%{name}: i64):").ToString();
    }
}
