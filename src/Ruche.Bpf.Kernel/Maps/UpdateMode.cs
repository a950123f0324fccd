// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>What an update does when there is an entry, and when there is none.</summary>
public enum UpdateMode : ulong
{
    /// <summary>Adds or replaces.</summary>
    Any = 0,

    /// <summary>Only adds: EEXIST when there is one.</summary>
    Add = 1,

    /// <summary>Only replaces: ENOENT when there is none.</summary>
    Replace = 2,
}
