// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Recording;

/// <summary>Something that happened while a script was recorded.</summary>
/// <param name="Part">What it is.</param>
/// <param name="Firing">What the program was given; null when it is no firing.</param>
internal sealed record RecordingItem(RecordingPart Part, Firing? Firing);
