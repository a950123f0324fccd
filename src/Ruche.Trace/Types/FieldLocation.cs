// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Types;

/// <summary>Where the value of a trace point's field stands.</summary>
internal enum FieldLocation
{
    /// <summary>In the field.</summary>
    Inline,

    /// <summary>At a distance from the event's start (<c>__data_loc</c>).</summary>
    FromStart,

    /// <summary>At a distance from behind the field (<c>__rel_loc</c>).</summary>
    FromField,
}
