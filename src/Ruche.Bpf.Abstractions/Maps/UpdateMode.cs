// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Maps;

/// <summary>What an update may do.</summary>
[Flags]
public enum UpdateMode : ulong
{
    /// <summary>Add the entry or replace it.</summary>
    Any = 0,

    /// <summary>Only add: fail with EEXIST when the key is there.</summary>
    Add = 1,

    /// <summary>Only replace: fail with ENOENT when the key is missing. In a full queue or stack: push out the oldest.</summary>
    Replace = 2,

    /// <summary>Hold the spin lock inside the value.</summary>
    Locked = 4,
}
