// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.States;

/// <summary>How closely two states are compared.</summary>
internal enum Exactness : byte
{
    /// <summary>What the proof of the remembered state needed must hold in the other.</summary>
    AsNeeded,

    /// <summary>All that was known of the remembered state must hold in the other: its proof is not finished, and nobody knows what it will need.</summary>
    Within,

    /// <summary>Both must be the same.</summary>
    Same,
}
