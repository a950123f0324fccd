// SPDX-License-Identifier: MIT
using Ruche.Bpf.Maps;

namespace Ruche.Bpf.Links;

/// <summary>
/// The two maps by which programs made with libbpf's <c>usdt.bpf.h</c> learn where arguments are: descriptions by number, and,
/// for kernels without cookies, numbers by address. Thread-safe.
/// </summary>
internal sealed class UsdtSpecs(BpfMap specs, BpfMap? addresses, UsdtSpecLayout layout)
{
    public const string SpecsMap = "__bpf_usdt_specs";
    public const string AddressesMap = "__bpf_usdt_ip_to_spec_id";

    private readonly Lock _gate = new();
    private readonly HashSet<ulong> _used = [];

    /// <summary>Fills the maps for all places of a trace point; places that say the same share a description.</summary>
    /// <exception cref="BpfException">E2BIG: the maps are full; ENOTSUP: this kernel has no cookies, and the addresses are not known.</exception>
    public UsdtLease Describe(UsdtFile file, UsdtOptions options, string operation, bool hasCookies)
    {
        Dictionary<string, uint> numbers = new(StringComparer.Ordinal);
        List<ulong> written = [];
        UprobePlace[] places = new UprobePlace[file.Places.Length];
        try
        {
            for (int i = 0; i < places.Length; i++)
            {
                var place = file.Places[i];
                if (!numbers.TryGetValue(place.ArgumentText, out uint number))
                {
                    byte[] value = layout.Write(place, options.Cookie, operation);
                    numbers.Add(place.ArgumentText, number = Reserve(operation));
                    specs.Update(TypedView.BytesOf(in number), value);
                }

                if (!hasCookies) written.Add(AddAddress(file, place, number, options.Pid, operation));
                places[i] = new(place.Offset, place.Counter, hasCookies ? number : 0);
            }

            return new(places, () => Release(numbers.Values, written));
        }
        catch
        {
            Release(numbers.Values, written);
            throw;
        }
    }

    private uint Reserve(string operation)
    {
        lock (_gate)
        {
            for (uint number = 0; number < specs.MaxEntries; number++)
            {
                if (_used.Add(number)) return number;
            }
        }

        throw new BpfException(operation, Errno.E2BIG,
            $"all {specs.MaxEntries} descriptions of arguments are in use; define BPF_USDT_MAX_SPEC_CNT larger");
    }

    private ulong AddAddress(UsdtFile file, UsdtPlace place, uint number, int? pid, string operation)
    {
        ulong address = place.FixedAddress;
        if (address == 0 && pid is { } process) address = ProcessMappings.AddressOf(process, file.Path, place.Offset, operation);
        if (address == 0 || addresses is null)
            throw new BpfException(operation, Errno.EOPNOTSUPP,
                $"this kernel has no attach cookies (Linux 5.15), so the address in a running process is needed: give a process that has mapped '{file.Path}'");
        addresses.Update(TypedView.BytesOf(in address), TypedView.BytesOf(in number));
        return address;
    }

    private void Release(IEnumerable<uint> numbers, List<ulong> written)
    {
        foreach (ulong address in written)
        {
            // The object may be gone, and its maps with it.
            if (!addresses!.Fd.IsClosed) _ = addresses.Delete(TypedView.BytesOf(in address));
        }

        lock (_gate)
        {
            foreach (uint number in numbers) _used.Remove(number);
        }
    }
}
