namespace CallCenter.Web.Features.Softphone.Panel;

/// <summary>What the page's script measures beside the phone.</summary>
internal interface IPhoneScript
{
    /// <summary>Gathers ways for the sound with the servers of the session.</summary>
    Task<IceReport> GatherAsync(string sessionUrl);

    /// <summary>The browser's name for itself.</summary>
    Task<string> BrowserAsync();
}
