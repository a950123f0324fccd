// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Types;

/// <summary>What an interval of a series keeps of the values that came in it.</summary>
internal enum SeriesKind
{
    Last,
    Sum,
    Average,
    Minimum,
    Maximum,
}
