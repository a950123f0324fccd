// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Bpf.Objects.Relocation;

/// <summary>An instruction that could not be made to fit the target. The texts are made when asked for.</summary>
public sealed class CoreFailure
{
    private readonly Lazy<string> _access;
    private readonly Lazy<string> _reason;

    internal CoreFailure(CoreRelocation relocation, bool isWide, string id, Func<string> access, Func<string> reason)
    {
        Relocation = relocation;
        IsWide = isWide;
        Id = id;
        _access = new(() => Safely(access));
        _reason = new(() => Safely(reason));
    }

    /// <summary>The slot of the program whose instruction was replaced.</summary>
    public int Slot => Relocation.Slot;

    /// <summary>Whether the slot after it was replaced too.</summary>
    public bool IsWide { get; }

    /// <summary>What was asked.</summary>
    public CoreRelocation Relocation { get; }

    /// <summary>The stable id of the reason, RU35xx.</summary>
    public string Id { get; }

    /// <summary>What the program accesses, as C would write it: <c>struct task_struct.thread_info.cpu</c>.</summary>
    public string Access => _access.Value;

    /// <summary>What the target has instead.</summary>
    public string Reason => _reason.Value;

    /// <summary>The same as a diagnostic.</summary>
    public Diagnostic ToDiagnostic(Location where) => new(Id, Severity.Error, ToString(), where);

    /// <inheritdoc/>
    public override string ToString() => $"{Access}: {Reason}";

    // An explanation must not be what fails: types that were not needed before may turn out to be unreadable.
    private static string Safely(Func<string> text)
    {
        try
        {
            return text();
        }
        catch (InvalidObjectException e)
        {
            return e.Message;
        }
    }
}
