// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Recording;

/// <summary>The parts of a recording; each begins with its number.</summary>
internal enum RecordingPart : byte
{
    /// <summary>The script, and what it was run with.</summary>
    Script = 1,

    /// <summary>What the host answered.</summary>
    Answer = 2,

    /// <summary>What all programs share, as they began.</summary>
    Start = 3,

    /// <summary>What one run of a program was given.</summary>
    Firing = 4,

    /// <summary>Here an event was handled that reads or changes maps.</summary>
    MapEvent = 5,

    /// <summary>Here everything was detached, and the script's end came.</summary>
    Detached = 6,

    /// <summary>The end, and how many firings are not in the recording.</summary>
    End = 7,
}
