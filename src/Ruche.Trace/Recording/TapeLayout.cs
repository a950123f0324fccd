// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Recording;

/// <summary>How a program's tape lies in memory: a header, then answers, each in whole words.</summary>
internal static class TapeLayout
{
    /// <summary>The buffer that tapes are told through.</summary>
    public const string Buffer = "recording";

    /// <summary>The tapes that are being written, one for each program that another has interrupted.</summary>
    public const string Tapes = "tapes";

    /// <summary>How many programs are running on a CPU, and what did not get onto a tape.</summary>
    public const string State = "tape_state";

    /// <summary>How many bytes are used.</summary>
    public const int Used = 0;

    /// <summary>The number of the program.</summary>
    public const int Program = 8;

    /// <summary>The CPU.</summary>
    public const int Cpu = 16;

    /// <summary>The address of the context.</summary>
    public const int Context = 24;

    /// <summary>The thread: another one may have come in between where programs can be put aside.</summary>
    public const int Thread = 32;

    /// <summary>How many answers found no room.</summary>
    public const int Missed = 40;

    /// <summary>Where the answers begin.</summary>
    public const int Header = 48;

    /// <summary>Bytes of an answer before its memory: what and how much, about what, the result.</summary>
    public const int AnswerHeader = 24;

    /// <summary>The most memory that an answer keeps.</summary>
    public const int MostMemory = 8192;

    /// <summary>Bytes of a tape.</summary>
    public const int Size = 24_576;

    /// <summary>How many programs may have interrupted each other.</summary>
    public const int Levels = 4;
}
