// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Ruche.Bpf.Compiler;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Trace.Recording;

/// <summary>What one run of a program was given: by its context, and by the helpers that it called, in their order.</summary>
/// <param name="Program">The number of the program in the script.</param>
/// <param name="Cpu">The CPU that it ran on.</param>
/// <param name="Context">The address of the context, as it was in the kernel.</param>
/// <param name="Answers">What it was given.</param>
internal sealed record Firing(int Program, int Cpu, ulong Context, IReadOnlyList<FiringAnswer> Answers)
{
    /// <summary>Reads what a program wrote.</summary>
    /// <exception cref="FormatException">It is not well-formed.</exception>
    public static Firing Read(ReadOnlySpan<byte> tape)
    {
        if (tape.Length < TapeLayout.Header) throw new FormatException();
        List<FiringAnswer> answers = [];
        for (int at = TapeLayout.Header; at < tape.Length;)
        {
            if (at + TapeLayout.AnswerHeader > tape.Length) throw new FormatException();
            ulong what = Word(tape, at);
            int size = (int)(what >> 32);
            if (at + TapeLayout.AnswerHeader + size > tape.Length) throw new FormatException();
            answers.Add(new((int)(uint)what, Word(tape, at + 8), Word(tape, at + 16), tape.Slice(at + TapeLayout.AnswerHeader, size).ToArray()));
            at += TapeLayout.AnswerHeader + ((size + 7) & ~7);
        }

        return new((int)Word(tape, TapeLayout.Program), (int)Word(tape, TapeLayout.Cpu), Word(tape, TapeLayout.Context), answers);
    }

    private static ulong Word(ReadOnlySpan<byte> tape, int at) => BinaryPrimitives.ReadUInt64LittleEndian(tape[at..]);
}

/// <summary>One answer.</summary>
/// <param name="What">The helper's number, or <see cref="AnswerWord.Context"/>.</param>
/// <param name="Key">The address that was read, or the place in the context.</param>
/// <param name="Result">What the helper returned, or the word of the context.</param>
/// <param name="Memory">What it wrote to memory.</param>
internal sealed record FiringAnswer(int What, ulong Key, ulong Result, byte[] Memory)
{
    /// <summary>The helper.</summary>
    public HelperId Helper => (HelperId)What;

    /// <summary>Whether the helper said that it failed.</summary>
    public bool HasFailed => (long)Result < 0;
}
