using CallCenter.Core.Telephony.Gdms;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Telephony.Gdms;

/// <summary>Which address an account's region has.</summary>
internal sealed class GdmsAddresses(IOptions<GdmsOptions> options)
{
    public Uri Of(GdmsAccount account) => account.BaseAddress
        ?? (account.Region == GdmsRegion.Europe ? options.Value.EuropeAddress : options.Value.GlobalAddress);
}
