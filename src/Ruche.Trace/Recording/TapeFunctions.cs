// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Compiler.Ir.Text;

namespace Ruche.Trace.Recording;

/// <summary>The functions that write a program's tape: one that starts it, one that takes an answer, and one that hands the tape over.</summary>
internal static class TapeFunctions
{
    /// <summary>Starts a tape: with the context, and the number of the program.</summary>
    public const string Start = "tape_start";

    /// <summary>Takes an answer.</summary>
    public const string Answer = "tape_answer";

    /// <summary>Ends a tape, and hands it over unless its argument is zero.</summary>
    public const string End = "tape_end";

    /// <summary>Adds them, and what they need, to a module, which then tells its answers.</summary>
    public static void AddTo(Module module, uint bufferBytes)
    {
        var parsed = IrParser.Parse(string.Create(CultureInfo.InvariantCulture, $$"""
            map @{{TapeLayout.Buffer}} ringbuf key 0 value 0 entries {{bufferBytes}}
            map @{{TapeLayout.Tapes}} percpuarray key 4 value {{TapeLayout.Size}} entries {{TapeLayout.Levels}}
            map @{{TapeLayout.State}} percpuarray key 4 value 16 entries 1

            function @{{Start}}(%ctx: i64, %program: i64) -> i64 observer {
            entry:
            {{FindState(orElse: "end", then: "raise")}}
            raise:
              %level = load i64 %state
              %above = add %level, 1
              store %state, %above
              %few = ult %level, {{TapeLayout.Levels}}
              branch %few, find, end
            find:
            {{FindTape(orElse: "end", then: "begin")}}
            begin:
              %cpu = call bpf_get_smp_processor_id() -> i64
              %thread = call bpf_get_current_pid_tgid() -> i64
              store %tape, i64 {{TapeLayout.Header}}
              store %tape + {{TapeLayout.Program}}, %program
              store %tape + {{TapeLayout.Cpu}}, %cpu
              store %tape + {{TapeLayout.Context}}, %ctx
              store %tape + {{TapeLayout.Thread}}, %thread
              store %tape + {{TapeLayout.Missed}}, i64 0
              jump end
            end:
              return i64 0
            }

            function @{{Answer}}(%what: i64, %about: i64, %result: i64, %memory: i64, %size: i64) -> i64 observer {
            entry:
            {{FindState(orElse: "end", then: "find")}}
            find:
              %above = load i64 %state
              %level = sub %above, 1
            {{FindTape(orElse: "end", then: "measure")}}
            measure:
              %used = load i64 %tape
              %full = ugt %used, {{TapeLayout.Size - TapeLayout.AnswerHeader - TapeLayout.MostMemory}}
              branch %full, miss, place
            miss:
              %missed = load i64 %tape + {{TapeLayout.Missed}}
              %more = add %missed, 1
              store %tape + {{TapeLayout.Missed}}, %more
              jump end
            place:
              %to = add %tape, %used
              store %to + 8, %about
              store %to + 16, %result
              %nowhere = eq %memory, 0
              %failed = slt %result, 0
              branch %nowhere, word, filled
            filled:
              branch %failed, word, copy
            word:
              store %to, %what
              %next = add %used, {{TapeLayout.AnswerHeader}}
              store %tape, %next
              jump end
            copy:
              %long = ugt %size, {{TapeLayout.MostMemory}}
              branch %long, miss, keep
            keep:
              %high = shl %size, 32
              %head = or %what, %high
              store %to, %head
              %body = add %to, {{TapeLayout.AnswerHeader}}
              %copied = call bpf_probe_read_kernel(%body, %size, %memory) -> i64
              %up = add %size, {{TapeLayout.AnswerHeader + 7}}
              %whole = and %up, -8
              %then = add %used, %whole
              store %tape, %then
              jump end
            end:
              return i64 0
            }

            function @{{End}}(%keep: i64) -> i64 observer {
            entry:
            {{FindState(orElse: "end", then: "lower")}}
            lower:
              %above = load i64 %state
              %level = sub %above, 1
              store %state, %level
              %dropped = eq %keep, 0
              branch %dropped, end, find
            find:
            {{FindTape(orElse: "lose", then: "compare")}}
            compare:
              %thread = call bpf_get_current_pid_tgid() -> i64
              %began = load i64 %tape + {{TapeLayout.Thread}}
              %same = eq %thread, %began
              branch %same, check, lose
            check:
              %missed = load i64 %tape + {{TapeLayout.Missed}}
              %holey = ne %missed, 0
              branch %holey, lose, measure
            measure:
              %used = load i64 %tape
              %wrong = ugt %used, {{TapeLayout.Size}}
              branch %wrong, lose, tell
            tell:
              %buffer = map @{{TapeLayout.Buffer}}
              %told = call bpf_ringbuf_output(%buffer, %tape, %used, i64 1) -> i64
              %refused = ne %told, 0
              branch %refused, lose, end
            lose:
              %lost = load i64 %state + 8
              %worse = add %lost, 1
              store %state + 8, %worse
              jump end
            end:
              return i64 0
            }
            """), "tape");
        module.Maps.AddRange(parsed.Maps);
        module.Functions.AddRange(parsed.Functions);
        module.AnswerSink = Answer;
    }

    /// <summary>What finds this CPU's state.</summary>
    private static string FindState(string orElse, string then) => $"""
          %key = stack 4 align 4
          store %key, i32 0
          %states = map @{TapeLayout.State}
          %state = call bpf_map_lookup_elem(%states, %key) -> ptr.value
          %none = eq %state, 0
          branch %none, {orElse}, {then}
        """;

    /// <summary>What finds the tape of a level.</summary>
    private static string FindTape(string orElse, string then) => $"""
          %index = truncate %level to i32
          store %key, %index
          %tapes = map @{TapeLayout.Tapes}
          %tape = call bpf_map_lookup_elem(%tapes, %key) -> ptr.value
          %nothing = eq %tape, 0
          branch %nothing, {orElse}, {then}
        """;
}
