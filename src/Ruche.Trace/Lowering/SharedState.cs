// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Lowering;

/// <summary>What all programs of a script share, and where it lies.</summary>
internal static class SharedState
{
    /// <summary>The map with counters and with the script's maps that have no keys.</summary>
    public const string Map = ".data";

    /// <summary>The buffer that programs tell events through.</summary>
    public const string EventsMap = "events";

    /// <summary>The buffers that programs hand packets out through.</summary>
    public const string PacketsMap = "packets";

    /// <summary>The processes that programs told of.</summary>
    public const string SeenMap = "seen";

    /// <summary>Memory for what does not fit the stack.</summary>
    public const string ScratchMap = "scratch";

    /// <summary>How many events found no room in the buffer.</summary>
    public const int LostEvents = 0;

    /// <summary>How many stacks could not be kept.</summary>
    public const int LostStacks = 8;

    /// <summary>How many loops were ended before they had come to their end.</summary>
    public const int EndedLoops = 16;

    /// <summary>When the script was started, by the clock since boot.</summary>
    public const int StartTime = 24;

    /// <summary>A zero that nobody changes, which the verifier does not know.</summary>
    public const int UnknownZero = 32;

    /// <summary>A one that nobody changes.</summary>
    public const int One = 40;

    /// <summary>How far the clock since boot is behind that since 1970.</summary>
    public const int BootedAt = 48;

    /// <summary>Where what belongs to the script begins.</summary>
    public const int Size = 56;

    /// <summary>How many different stacks of a kind are kept.</summary>
    public const uint Stacks = 16384;

    /// <summary>How many processes are remembered; those not seen for long are told of again.</summary>
    public const uint Processes = 4096;

    /// <summary>How many times larger than the buffer for events that for tapes is.</summary>
    public const uint TapesToEvents = 8;

    /// <summary>How many bytes the number of an event takes before its values.</summary>
    public const int EventHeader = 8;
}
