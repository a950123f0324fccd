// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Specs.Writing;

namespace Ruche.Bpf.Objects.Specs;

public sealed partial record ObjectSpec
{
    /// <summary>
    /// The object as an ELF file that any loader reads. Maps that the object's types do not define get definitions; functions that
    /// are no programs go to <c>.text</c>. Reading the file gives an equal object.
    /// </summary>
    public byte[] Write() => new ObjectWriter(this).Write();
}
