namespace CallCenter.Simulators.Gdms;

/// <summary>What of GDMS is unsure or varies, switchable while it runs. The defaults are what was seen most.</summary>
public sealed record GdmsQuirks
{
    /// <summary>Every request is answered with 429. No real limit is published.</summary>
    public bool Throttle { get; init; }

    /// <summary>The next requests that are answered with 429; counts down by itself.</summary>
    public int ThrottleNext { get; init; }

    /// <summary>Sent with a 429 in whole seconds; null sends no Retry-After.</summary>
    public TimeSpan? RetryAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Largest distance between the request's timestamp and this peer's clock. The vendor's figure is unknown.</summary>
    public TimeSpan TimestampTolerance { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Life of an access token.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Life of a refresh token, unless it is used up.</summary>
    public TimeSpan RefreshTokenLifetime { get; init; } = TimeSpan.FromHours(8);

    /// <summary>sip/account/list answers with <c>result</c> beside <c>retCode</c> instead of inside <c>data</c>; both were seen.</summary>
    public bool SipAccountsAtRoot { get; init; }

    /// <summary>A bad signature or timestamp answers HTTP 401 instead of HTTP 200 with a retCode. Which one is unconfirmed.</summary>
    public bool SignatureFailsAsHttp401 { get; init; }

    /// <summary>A bad or expired token answers HTTP 200 with a retCode instead of HTTP 401.</summary>
    public bool TokenFailsAsRetCode { get; init; }

    /// <summary>Every signed call answers this HTTP status (500 to 599), as a broken cloud does; 0 is off.</summary>
    public int ServerErrorStatus { get; init; }

    /// <summary>device/detail polls that show stored values before an online device's own answer arrives.</summary>
    public int DetailPolls { get; init; } = 2;

    /// <summary>How long a rebooted device is offline.</summary>
    public TimeSpan RebootTime { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>How long a device is offline after a factory reset.</summary>
    public TimeSpan ResetTime { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How long a device goes on as before when it was given a task: GDMS's picture lags.</summary>
    public TimeSpan StatusLag { get; init; }

    /// <summary>Tasks are accepted and nothing happens.</summary>
    public bool IgnoreTasks { get; init; }

    /// <summary>Writes are carried out, but the connection breaks before their answer.</summary>
    public bool LoseWriteAnswers { get; init; }

    /// <summary>The next writes answer this HTTP status (500 to 599) after they were carried out; 0 is off.</summary>
    public int WriteErrorStatus { get; init; }

    /// <summary>Page of device/list that fails; 0 is off. Other pages are answered.</summary>
    public int FailingPage { get; init; }

    /// <summary>How that page fails: 401 ends every token, 429 asks to wait, 500 to 599 is a fault, anything else gives rows that are none.</summary>
    public int FailingPageStatus { get; init; } = 429;

    /// <summary>How often that page fails; counts down by itself. Negative is always.</summary>
    public int FailingPageTimes { get; init; } = 1;

    /// <summary>Distance from UTC of the times that are shown without a zone.</summary>
    public TimeSpan ShownTimeOffset { get; init; }
}
