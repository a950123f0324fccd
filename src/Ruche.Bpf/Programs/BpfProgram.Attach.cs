// SPDX-License-Identifier: MIT
using Ruche.Bpf.Links;
using Ruche.Bpf.Loading;

namespace Ruche.Bpf.Programs;

public sealed partial class BpfProgram
{
    /// <summary>Attaches the program where its section says. The caller owns the link; disposing it detaches, unless it is pinned.</summary>
    /// <exception cref="InvalidOperationException">Section and options do not place the program, or it was not loaded from an object.</exception>
    /// <exception cref="BpfException">The kernel refuses, or the place does not exist.</exception>
    public BpfLink Attach(AttachOptions? options = null)
    {
        var outcome = new SectionAttachment(options ?? new(), maps: null).Attach(this);
        return outcome.Link ?? throw new InvalidOperationException($"program '{Name}' is not attached by its section: {outcome.Reason}");
    }
}
