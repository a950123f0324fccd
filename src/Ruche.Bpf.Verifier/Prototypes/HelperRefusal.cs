// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.Prototypes;

/// <summary>Why a program may not call a helper that others of its type may.</summary>
public enum HelperRefusal : byte
{
    /// <summary>It may.</summary>
    None,

    /// <summary>The kernel does not offer it for this attachment: "program of this type cannot use helper".</summary>
    NotOffered,

    /// <summary>The helper refuses this program: "helper call is not allowed in probe".</summary>
    NotAllowed,

    /// <summary>The helper cannot answer there: "supported only for" other attachments.</summary>
    NotSupported,
}
