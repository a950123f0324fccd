// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.Profiles;

/// <summary>
/// How far a release's verifier follows numbers. A conclusion that a release does not draw must not be drawn for it, or a program would be
/// accepted that it refuses.
/// </summary>
internal sealed record Reasoning
{
    /// <summary>As the newest release whose rules are known.</summary>
    public static Reasoning Newest { get; } = Of(KernelProfile.Newest.Release);

    /// <summary>Whether a register and its lower half learn from each other after each step, and keep what they knew before.</summary>
    public required bool LinksHalves { get; init; }

    /// <summary>Whether a comparison of two numbers of which neither is known is decided and teaches; and "not equal" moves the ends of an interval.</summary>
    public required bool ComparesRanges { get; init; }

    /// <summary>Whether a comparison with a known number on the left is decided, and a number outside of the bounds is known to be another one.</summary>
    public required bool DecidesByBounds { get; init; }

    /// <summary>Whether bits that differ decide that two numbers do.</summary>
    public required bool DecidesByBits { get; init; }

    /// <summary>Whether a number is known when only one of those within the bounds fits the bits.</summary>
    public required bool FindsOnlyNumber { get; init; }

    /// <summary>Whether a signed interval across zero and an unsigned one that meets only one side of it learn from each other.</summary>
    public required bool LearnsAcrossSigns { get; init; }

    /// <summary>Whether a positive lower half makes a whole that is no longer than a sign-extended half positive.</summary>
    public required bool LearnsFromSignExtension { get; init; }

    /// <summary>Whether a sum or difference keeps its bounds when both ends of it wrap around.</summary>
    public required bool FollowsWrapping { get; init; }

    /// <summary>Whether a product with numbers that may be negative has bounds.</summary>
    public required bool MultipliesSigned { get; init; }

    /// <summary>Whether a product, and bits joined with those of an unknown number, are followed.</summary>
    public required bool FollowsUnknownOperands { get; init; }

    /// <summary>Whether the bounds of each width are one arc of the circle of numbers, in place of a signed and an unsigned interval.</summary>
    public required bool IsCircular { get; init; }

    /// <summary>Whether a number that is tied to another learns all that follows from what was learnt of the other.</summary>
    public required bool SettlesLinked { get; init; }

    /// <summary>Whether quotients and remainders by a known number are followed.</summary>
    public required bool Divides { get; init; }

    /// <summary>Whether the known bits of the lower half learn from the bounds of the whole.</summary>
    public required bool LearnsHalfBits { get; init; }

    /// <summary>How often the ways of seeing a number learn from each other after a step.</summary>
    public required int Rounds { get; init; }

    /// <summary>What a release concludes.</summary>
    public static Reasoning Of(KernelRelease release)
    {
        return new()
        {
            LinksHalves = Has(6, 8),
            ComparesRanges = Has(6, 8),
            DecidesByBounds = Has(6, 4),
            DecidesByBits = Has(6, 12),
            FindsOnlyNumber = Has(6, 18),
            LearnsAcrossSigns = Has(6, 12),
            LearnsFromSignExtension = Has(6, 12),
            FollowsWrapping = Has(6, 17),
            MultipliesSigned = Has(6, 15),
            FollowsUnknownOperands = Has(6, 10),
            IsCircular = Has(7, 0),
            SettlesLinked = Has(6, 18),
            Divides = Has(7, 0),
            LearnsHalfBits = Has(6, 1),
            Rounds = Has(6, 17) && !Has(7, 0) ? 3 : 2,
        };

        bool Has(int major, int minor) => release >= new KernelRelease(major, minor);
    }
}
