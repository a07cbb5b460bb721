"""The sources of every definition and method the report may name, in Vancouver style, numbered as they are cited."""

REFERENCES = {
    # definitions and cut-offs
    "study": "Li T, Qiu Y, Li X, Zhuang X, Huang S, Li M, et al. Thalidomide combined with azathioprine as induction and "
    "maintenance therapy for azathioprine-refractory Crohn's disease patients. Front Med (Lausanne) 2020;7:557986.",
    "cdai": "Best WR, Becktel JM, Singleton JW, Kern F Jr. Development of a Crohn's disease activity index. National "
    "Cooperative Crohn's Disease Study. Gastroenterology 1976;70(3):439-44.",
    "hbi": "Harvey RF, Bradshaw JM. A simple index of Crohn's-disease activity. Lancet 1980;315(8167):514.",
    "vermeire": "Vermeire S, Schreiber S, Sandborn WJ, Dubois C, Rutgeerts P. Correlation between the Crohn's disease activity and "
    "Harvey-Bradshaw indices in assessing Crohn's disease severity. Clin Gastroenterol Hepatol 2010;8(4):357-63.",
    "stride": "Turner D, Ricciuto A, Lewis A, D'Amico F, Dhaliwal J, Griffiths AM, et al. STRIDE-II: an update on the Selecting "
    "Therapeutic Targets in Inflammatory Bowel Disease initiative. Gastroenterology 2021;160(5):1570-83.",
    "mayo": "Schroeder KW, Tremaine WJ, Ilstrup DM. Coated oral 5-aminosalicylic acid therapy for mildly to moderately active "
    "ulcerative colitis. N Engl J Med 1987;317(26):1625-9.",
    "lewis": "Lewis JD, Chuai S, Nessel L, Lichtenstein GR, Aberra FN, Ellenberg JH. Use of the noninvasive components of the Mayo "
    "score to assess clinical response in ulcerative colitis. Inflamm Bowel Dis 2008;14(12):1660-6.",
    "act": "Rutgeerts P, Sandborn WJ, Feagan BG, Reinisch W, Olson A, Johanns J, et al. Infliximab for induction and maintenance "
    "therapy for ulcerative colitis. N Engl J Med 2005;353(23):2462-76.",
    "khanna": "Khanna R, Zou G, D'Haens G, Feagan BG, Sandborn WJ, Vandervoort MK, et al. A retrospective analysis: the "
    "development of patient reported outcome measures for the assessment of Crohn's disease activity. Aliment Pharmacol Ther "
    "2015;41(1):77-86.",
    "higgins": "Higgins PDR, Schwartz M, Mapili J, Krokos I, Leung J, Zimmermann EM. Patient defined dichotomous end points for "
    "remission and clinical improvement in ulcerative colitis. Gut 2005;54(6):782-8.",
    "sccai": "Walmsley RS, Ayres RC, Pounder RE, Allan RN. A simple clinical colitis activity index. Gut 1998;43(1):29-32.",
    "jowett": "Jowett SL, Seal CJ, Phillips E, Gregory W, Barton JR, Welfare MR. Defining relapse of ulcerative colitis using a "
    "symptom-based activity index. Scand J Gastroenterol 2003;38(2):164-71.",
    "cdeis": "Mary JY, Modigliani R. Development and validation of an endoscopic index of the severity for Crohn's disease: "
    "a prospective multicentre study. Gut 1989;30(7):983-9.",
    "ses-cd": "Daperno M, D'Haens G, Van Assche G, Baert F, Bulois P, Maunoury V, et al. Development and validation of a new, "
    "simplified endoscopic activity score for Crohn's disease: the SES-CD. Gastrointest Endosc 2004;60(4):505-12.",
    "rutgeerts": "Rutgeerts P, Geboes K, Vantrappen G, Beyls J, Kerremans R, Hiele M. Predictability of the postoperative "
    "course of Crohn's disease. Gastroenterology 1990;99(4):956-63.",
    "montreal": "Silverberg MS, Satsangi J, Ahmad T, Arnott IDR, Bernstein CN, Brant SR, et al. Toward an integrated clinical, "
    "molecular and serological classification of inflammatory bowel disease: report of a Working Party of the 2005 Montreal "
    "World Congress of Gastroenterology. Can J Gastroenterol 2005;19 Suppl A:5A-36A.",
    "louis": "Louis E, Mary JY, Vernier-Massouille G, Grimaud JC, Bouhnik Y, Laharie D, et al. Maintenance of remission among "
    "patients with Crohn's disease on antimetabolite therapy after infliximab therapy is stopped. Gastroenterology "
    "2012;142(1):63-70.",
    "sandborn": "Sandborn WJ, Colombel JF, Panés J, Castillo M, Robinson AM, Zhou Q, et al. Exploring the use of adalimumab "
    "for patients with moderate Crohn's disease: subanalyses from induction and maintenance trials. J Crohns Colitis "
    "2013;7(12):958-67.",
    "dubinsky": "Dubinsky MC, Lamothe S, Yang HY, Targan SR, Sinnett D, Théorêt Y, et al. Pharmacogenomics and metabolite "
    "measurement for 6-mercaptopurine therapy in inflammatory bowel disease. Gastroenterology 2000;118(4):705-13.",
    "osterman": "Osterman MT, Kundu R, Lichtenstein GR, Lewis JD. Association of 6-thioguanine nucleotide levels and "
    "inflammatory bowel disease activity: a meta-analysis. Gastroenterology 2006;130(4):1047-53.",
    # time to event
    "landmark": "Anderson JR, Cain KC, Gelber RD. Analysis of survival by tumor response. J Clin Oncol 1983;1(11):710-9.",
    "guarantee": "Giobbie-Hurder A, Gelber RD, Regan MM. Challenges of guarantee-time bias. J Clin Oncol "
    "2013;31(23):2963-9.",
    "truncation": "Klein JP, Moeschberger ML. Survival analysis: techniques for censored and truncated data. 2nd ed. New York: "
    "Springer; 2003.",
    "kaplan-meier": "Kaplan EL, Meier P. Nonparametric estimation from incomplete observations. J Am Stat Assoc "
    "1958;53(282):457-81.",
    "transformed": "Borgan Ø, Liestøl K. A note on confidence intervals and bands for the survival function based on "
    "transformations. Scand J Stat 1990;17(1):35-41.",
    "median": "Brookmeyer R, Crowley J. A confidence interval for the median survival time. Biometrics 1982;38(1):29-41.",
    "follow-up": "Schemper M, Smith TL. A note on quantifying follow-up in studies of failure time. Control Clin Trials "
    "1996;17(4):343-6.",
    "log-rank": "Mantel N. Evaluation of survival data and two new rank order statistics arising in its consideration. Cancer "
    "Chemother Rep 1966;50(3):163-70.",
    "cox": "Cox DR. Regression models and life-tables. J R Stat Soc Series B 1972;34(2):187-220.",
    "efron": "Efron B. The efficiency of Cox's likelihood function for censored data. J Am Stat Assoc 1977;72(359):557-65.",
    "breslow": "Breslow N. Covariance analysis of censored survival data. Biometrics 1974;30(1):89-99.",
    "zph": "Grambsch PM, Therneau TM. Proportional hazards tests and diagnostics based on weighted residuals. Biometrika "
    "1994;81(3):515-26.",
    "firth": "Heinze G, Schemper M. A solution to the problem of monotone likelihood in Cox regression. Biometrics "
    "2001;57(1):114-9.",
    "epv": "Peduzzi P, Concato J, Feinstein AR, Holford TR. Importance of events per independent variable in proportional "
    "hazards regression analysis. II. Accuracy and precision of regression estimates. J Clin Epidemiol 1995;48(12):1503-10.",
    "screening": "Sun GW, Shook TL, Kay GL. Inappropriate use of bivariable analysis to screen risk factors for use in "
    "multivariable analysis. J Clin Epidemiol 1996;49(8):907-16.",
    # further analyses
    "max-combo": "Karrison TG. Versatile tests for comparing survival curves based on weighted log-rank statistics. Stata J "
    "2016;16(3):678-90.",
    "aalen-johansen": "Aalen OO, Johansen S. An empirical transition matrix for non-homogeneous Markov chains based on censored "
    "observations. Scand J Stat 1978;5(3):141-50.",
    "gray": "Gray RJ. A class of K-sample tests for comparing the cumulative incidence of a competing risk. Ann Stat "
    "1988;16(3):1141-54.",
    "fine-gray": "Fine JP, Gray RJ. A proportional hazards model for the subdistribution of a competing risk. J Am Stat Assoc "
    "1999;94(446):496-509.",
    "finkelstein": "Finkelstein DM. A proportional hazards model for interval-censored failure time data. Biometrics "
    "1986;42(4):845-54.",
    "turnbull": "Turnbull BW. The empirical distribution function with arbitrarily grouped, censored and truncated data. J R Stat "
    "Soc Series B 1976;38(3):290-5.",
    "mean-number": "Lawless JF, Nadeau C. Some simple robust methods for the analysis of recurrent events. Technometrics "
    "1995;37(2):158-68.",
    "andersen-gill": "Andersen PK, Gill RD. Cox's regression model for counting processes: a large sample study. Ann Stat "
    "1982;10(4):1100-20.",
    "pwp": "Prentice RL, Williams BJ, Peterson AV. On the regression analysis of multivariate failure time data. Biometrika "
    "1981;68(2):373-9.",
    "simon-makuch": "Simon R, Makuch RW. A non-parametric graphical representation of the relationship between survival and the "
    "occurrence of an event. Stat Med 1984;3(1):35-44.",
    "mantel-byar": "Mantel N, Byar DP. Evaluation of response-time data involving transient states. J Am Stat Assoc "
    "1974;69(345):81-6.",
    "weights": "Cole SR, Hernán MA. Adjusted survival curves with inverse probability weights. Comput Methods Programs Biomed "
    "2004;75(1):45-9.",
    "schoenfeld": "Schoenfeld DA. Sample-size formula for the proportional-hazards regression model. Biometrics "
    "1983;39(2):499-503.",
    "frailty": "Therneau TM, Grambsch PM, Pankratz VS. Penalized survival models and frailty. J Comput Graph Stat "
    "2003;12(1):156-75.",
    "reml": "Viechtbauer W. Bias and efficiency of meta-analytic variance estimators in the random-effects model. J Educ Behav "
    "Stat 2005;30(3):261-93.",
    "dl": "DerSimonian R, Laird N. Meta-analysis in clinical trials. Control Clin Trials 1986;7(3):177-88.",
    "hartung-knapp": "Hartung J, Knapp G. A refined method for the meta-analysis of controlled clinical trials with binary "
    "outcome. Stat Med 2001;20(24):3875-89.",
    "i-squared": "Higgins JPT, Thompson SG. Quantifying heterogeneity in a meta-analysis. Stat Med 2002;21(11):1539-58.",
    "riley": "Riley RD, Ensor J, Snell KIE, Harrell FE Jr, Martin GP, Reitsma JB, et al. Calculating the sample size required for "
    "developing a clinical prediction model. BMJ 2020;368:m441.",
    "harrell": "Harrell FE Jr, Lee KL, Mark DB. Multivariable prognostic models: issues in developing models, evaluating "
    "assumptions and adequacy, and measuring and reducing errors. Stat Med 1996;15(4):361-87.",
    "auc": "Blanche P, Dartigues JF, Jacqmin-Gadda H. Estimating and comparing time-dependent areas under receiver operating "
    "characteristic curves for censored event times with competing risks. Stat Med 2013;32(30):5381-97.",
    "ridge": "Verweij PJM, van Houwelingen HC. Penalized likelihood in Cox regression. Stat Med 1994;13(23-24):2427-36.",
    "validation": "van Houwelingen HC. Validation, calibration, revision and combination of prognostic survival models. Stat Med "
    "2000;19(24):3401-15.",
    # cut-offs
    "optimal": 'Altman DG, Lausen B, Sauerbrei W, Schumacher M. Dangers of using "optimal" cutpoints in the evaluation of '
    "prognostic factors. J Natl Cancer Inst 1994;86(11):829-35.",
    "maxstat": "Lausen B, Schumacher M. Maximally selected rank statistics. Biometrics 1992;48(1):73-85.",
    "maxstat-94": "Lausen B, Sauerbrei W, Schumacher M. Classification and regression trees (CART) used for the exploration of "
    "prognostic factors measured on different scales. In: Dirschedl P, Ostermann R, editors. Computational statistics. "
    "Heidelberg: Physica-Verlag; 1994. p. 483-96.",
    "maxstat-exact": "Hothorn T, Lausen B. On the exact distribution of maximally selected rank statistics. Comput Stat Data "
    "Anal 2003;43(2):121-37.",
    "dichotomy": "Royston P, Altman DG, Sauerbrei W. Dichotomizing continuous predictors in multiple regression: a bad idea. "
    "Stat Med 2006;25(1):127-41.",
    "akaike": "Akaike H. A new look at the statistical model identification. IEEE Trans Automat Contr 1974;19(6):716-23.",
    "multiplicity": "Steegen S, Tuerlinckx F, Gelman A, Vanpaemel W. Increasing transparency through a multiverse analysis. "
    "Perspect Psychol Sci 2016;11(5):702-12.",
    # descriptions and comparisons
    "percentiles": "Hyndman RJ, Fan Y. Sample quantiles in statistical packages. Am Stat 1996;50(4):361-5.",
    "normal": "Shapiro SS, Wilk MB. An analysis of variance test for normality (complete samples). Biometrika "
    "1965;52(3-4):591-611.",
    "mann-whitney": "Mann HB, Whitney DR. On a test of whether one of two random variables is stochastically larger than the "
    "other. Ann Math Stat 1947;18(1):50-60.",
    "kruskal": "Kruskal WH, Wallis WA. Use of ranks in one-criterion variance analysis. J Am Stat Assoc "
    "1952;47(260):583-621.",
    "fisher": "Fisher RA. On the interpretation of χ² from contingency tables, and the calculation of P. J R Stat Soc "
    "1922;85(1):87-94.",
    "smd": "Yang D, Dalton JE. A unified approach to measuring the effect size between two groups using SAS. In: SAS Global "
    "Forum 2012. Cary (NC): SAS Institute; 2012. Paper 335-2012.",
    "wilson": "Wilson EB. Probable inference, the law of succession, and statistical inference. J Am Stat Assoc "
    "1927;22(158):209-12.",
    "exact": "Clopper CJ, Pearson ES. The use of confidence or fiducial limits illustrated in the case of the binomial. "
    "Biometrika 1934;26(4):404-13.",
    "poisson": "Garwood F. Fiducial limits for the Poisson distribution. Biometrika 1936;28(3-4):437-42.",
    "wilcoxon": "Wilcoxon F. Individual comparisons by ranking methods. Biometrics Bull 1945;1(6):80-3.",
    "shift": "Hodges JL Jr, Lehmann EL. Estimates of location based on rank tests. Ann Math Stat 1963;34(2):598-611.",
    # reporting and software
    "strobe": "von Elm E, Altman DG, Egger M, Pocock SJ, Gøtzsche PC, Vandenbroucke JP. The Strengthening the Reporting of "
    "Observational Studies in Epidemiology (STROBE) statement: guidelines for reporting observational studies. Lancet "
    "2007;370(9596):1453-7.",
    "remark": "McShane LM, Altman DG, Sauerbrei W, Taube SE, Gion M, Clark GM. Reporting recommendations for tumor marker "
    "prognostic studies (REMARK). J Natl Cancer Inst 2005;97(16):1180-4.",
    "tripod": "Collins GS, Moons KGM, Dhiman P, Riley RD, Beam AL, Van Calster B, et al. TRIPOD+AI statement: updated guidance for "
    "reporting clinical prediction models that use regression or machine learning methods. BMJ 2024;385:e078378.",
    "record": "Benchimol EI, Smeeth L, Guttmann A, Harron K, Moher D, Petersen I, et al. The REporting of studies Conducted using "
    "Observational Routinely-collected health Data (RECORD) statement. PLoS Med 2015;12(10):e1001885.",
    "numpy": "Harris CR, Millman KJ, van der Walt SJ, Gommers R, Virtanen P, Cournapeau D, et al. Array programming with NumPy. "
    "Nature 2020;585(7825):357-62.",
    "scipy": "Virtanen P, Gommers R, Oliphant TE, Haberland M, Reddy T, Cournapeau D, et al. SciPy 1.0: fundamental algorithms "
    "for scientific computing in Python. Nat Methods 2020;17(3):261-72.",
    "pandas": "McKinney W. Data structures for statistical computing in Python. In: van der Walt S, Millman J, editors. "
    "Proceedings of the 9th Python in Science Conference; 2010. p. 56-61.",
}


class Citations:
    """Numbers the references in the order of their first citation; one for a whole document."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def __call__(self, *keys: str) -> str:
        """` [3,7]`, to follow a word; KeyError for a source that is not listed."""
        for key in keys:
            if key not in REFERENCES:
                raise KeyError(key)
            self._numbers.setdefault(key, len(self._numbers) + 1)
        return f" [{','.join(str(number) for number in sorted(self._numbers[key] for key in keys))}]"

    def cited(self) -> tuple[str, ...]:
        """The references cited so far, in the order of their numbers."""
        return tuple(REFERENCES[key] for key in self._numbers)
