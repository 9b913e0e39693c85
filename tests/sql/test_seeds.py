"""The files of data/ beside what is known without them: a changed value fails a test."""

from __future__ import annotations

import pytest

from pipeline.scan.matlab import TOOLBOX
from tests.facts_of import Store, given

MODULES = {
    "pytorch": {
        "python": "torch torch.nn torchvision torchaudio torchtext pytorch_lightning lightning "
        "torch_geometric torch_scatter timm fastai detectron2 mmcv mmdet monai kornia gpytorch "
        "botorch pyro allennlp fairseq diffusers accelerate deepspeed peft trl captum opacus "
        "sentence_transformers stable_baselines3 tianshou flair ultralytics xformers vllm "
        "open_clip pytorch3d ignite skorch torchmetrics apex efficientnet_pytorch "
        "segmentation_models_pytorch pytorch_pretrained_bert pytorch_transformers",
        "package": "torch torchvision pytorch pytorch-lightning torch-geometric timm fastai",
        "cpp": "torch/extension.h ATen/ATen.h c10/util/Optional.h TH/TH.h",
        "r": "torch luz",
        "java": "org.pytorch.Module",
        "swift": "LibTorch",
        "julia": "Torch",
    },
    "tensorflow": {
        "python": "tensorflow tensorflow.contrib.slim tensorflow_probability tensorflow_hub "
        "tensorflow_addons tf_slim tflearn tensorlayer sonnet tensor2tensor tensorpack gpflow "
        "edward stable_baselines trfl tf_agents",
        "package": "tensorflow tensorflow-gpu tensorflow-cpu tensorflow-probability tflearn",
        "cpp": "tensorflow/core/framework/op.h",
        "r": "tensorflow tfdatasets",
        "java": "org.tensorflow.Session",
        "swift": "TensorFlow",
        "julia": "TensorFlow",
    },
    "keras": {
        "python": "keras keras.layers autokeras keras_contrib keras_tuner kerastuner",
        "package": "keras keras-contrib",
        "r": "keras keras3",
    },
    "jax": {
        "python": "jax jax.numpy jaxlib flax flax.linen haiku optax equinox numpyro brax chex "
        "distrax jraph blackjax t5x tensorflow_probability.substrates.jax",
        "package": "jax jaxlib flax dm-haiku optax equinox numpyro",
    },
    "torch7": {"lua": "torch nn nngraph cutorch cunn cudnn image optim dp rnn"},
    "caffe": {
        "python": "caffe caffe.proto",
        "package": "caffe",
        "cpp": "caffe/caffe.hpp",
        "matlab": "caffe",
        "prototxt": "layer",
    },
    "caffe2": {"python": "caffe2 caffe2.python", "cpp": "caffe2/core/init.h"},
    "theano": {"python": "theano theano.tensor lasagne pylearn2", "package": "theano lasagne"},
    "mxnet": {
        "python": "mxnet mxnet.gluon gluoncv gluonnlp sockeye",
        "package": "mxnet mxnet-cu101 gluoncv",
        "cpp": "mxnet/base.h",
        "r": "mxnet",
        "java": "org.apache.mxnet.NDArray",
        "julia": "MXNet",
    },
    "mindspore": {"python": "mindspore mindspore.nn mindnlp", "package": "mindspore"},
    "paddle": {"python": "paddle paddle.nn paddlenlp", "package": "paddlepaddle paddlenlp"},
    "chainer": {"python": "chainer chainer.links chainercv chainerrl", "package": "chainer"},
    "cntk": {"python": "cntk", "package": "cntk", "cpp": "CNTKLibrary.h"},
    "dynet": {"python": "dynet", "package": "dynet", "cpp": "dynet/dynet.h"},
    "flux": {"julia": "Flux Lux"},
    "knet": {"julia": "Knet"},
    "mocha": {"julia": "Mocha"},
    "matconvnet": {"matlab": "vl_simplenn dagnn vl_nnconv"},
    "matlab_dlt": {"matlab": "trainNetwork dlnetwork"},
    "mlx": {"python": "mlx mlx.nn mlx_lm", "package": "mlx", "swift": "MLX"},
    "jittor": {"python": "jittor", "package": "jittor"},
    "oneflow": {"python": "oneflow", "package": "oneflow"},
    "megengine": {"python": "megengine", "package": "megengine"},
    "nnabla": {"python": "nnabla"},
    "dl4j": {"java": "org.deeplearning4j.nn org.nd4j.linalg"},
    "bigdl": {"java": "com.intel.analytics.bigdl.nn"},
    "darknet": {"cpp": "darknet.h"},
    "tinygrad": {"python": "tinygrad", "package": "tinygrad"},
}
"""Modules that people import from each framework, or from what stands on it alone, by language."""


@pytest.mark.parametrize("framework", MODULES)
def test_what_the_modules_of_a_framework_mean(store: Store, framework: str) -> None:
    modules = [
        ("s", line, module, language)
        for language, names in MODULES[framework].items()
        for line, module in enumerate(names.split())
    ]
    given(store, "import_fact", "scan_id line module language", modules)
    meant = store.sql("select module, language, framework from module_framework").fetchall()
    assert sorted(meant) == sorted(
        (module, language, framework) for *_, module, language in modules
    )


def test_every_framework_has_modules_here(store: Store) -> None:
    frameworks = store.sql("select framework from framework where framework <> 'none'").fetchall()
    assert {framework for (framework,) in frameworks} == set(MODULES)


NONE = "numpy scipy sklearn pandas matplotlib cv2 PIL gym cupy onnx onnxruntime tensorboardX einops"


@pytest.mark.parametrize("module", NONE.split())
def test_a_library_of_no_framework_means_none(store: Store, module: str) -> None:
    given(store, "import_fact", "module", [(module,)], scan_id="s")
    assert store.sql("from module_framework").fetchall() == []


def test_keras_alone_counts_with_another_framework(store: Store) -> None:
    rows = store.sql("select framework, family from framework where framework <> family")
    assert rows.fetchall() == [("keras", "tensorflow")]


STYLES = {
    "eager": {"pytorch", "torch7", "chainer", "dynet", "mlx", "tinygrad"},
    "graph": {"caffe", "caffe2", "cntk", "theano"},
}


def test_frameworks_with_one_style_alone(store: Store) -> None:
    rows = store.sql("select framework, style from framework where style is not null").fetchall()
    assert {style: {name for name, of in rows if of == style} for style in STYLES} == STYLES


def test_only_a_claim_of_caffe_means_two_families(store: Store) -> None:
    rows = store.sql("select source_label, other_family from source_label where other_family <> ''")
    assert sorted(rows.fetchall()) == [("caffe", "caffe2"), ("caffe2", "caffe2")]


NAMES = {
    ("1.x", "graph", False): "Session InteractiveSession ConfigProto GPUOptions placeholder "
    "placeholder_with_default get_variable variable_scope global_variables_initializer "
    "initialize_all_variables reset_default_graph get_default_graph layers.dense train.Saver "
    "train.AdamOptimizer train.GradientDescentOptimizer train.Coordinator nn.dynamic_rnn "
    "nn.rnn_cell.LSTMCell trainable_variables py_func compat.v1.Session compat.v1.placeholder "
    "compat.v1.disable_eager_execution",
    (
        "1.x",
        None,
        False,
    ): "contrib.slim app.run flags.FLAGS random_normal truncated_normal to_float "
    "log mul sub pack set_random_seed compat.v1.assign compat.v1.app",
    ("1.x", "eager", False): "contrib.eager",
    ("1.x", "eager", True): "enable_eager_execution compat.v1.enable_eager_execution",
    ("2.x", "eager", False): "GradientTape function Module optimizers.Adam executing_eagerly "
    "train.Checkpoint config.run_functions_eagerly",
    ("2.x", None, False): "keras.layers.Dense keras.Model keras.Sequential random.set_seed "
    "random.normal distribute.MirroredStrategy compat.v2",
    ("1.x", None, True): "gfile.Open Summary summary.FileWriter python_io.TFRecordWriter "
    "parse_single_example logging",
    ("1.x", "graph", True): "summary.merge_all train.SummaryWriter",
    ("2.x", "eager", True): "summary.create_file_writer",
    ("2.x", None, True): "config.list_physical_devices config.experimental.set_memory_growth",
    (None, None, True): "summary.scalar data.Dataset io.gfile train.Example train.Feature Tensor "
    "train.latest_checkpoint float32 constant compat.v1.summary.scalar compat.v1.gfile.Open",
    (None, None, False): "math.log while_loop saved_model.load",
}
"""Names of TensorFlow by variant, style and whether code for other frameworks uses them too."""


@pytest.mark.parametrize("meaning", NAMES, ids=str)
def test_what_the_names_of_tensorflow_say(
    store: Store, meaning: tuple[str | None, str | None, bool]
) -> None:
    names = [f"tensorflow.{name}" for name in NAMES[meaning].split()]
    rows = [("s", "a.py", line, name) for line, name in enumerate(names)]
    given(store, "api_use", "scan_id path line name", rows)
    said = "select name, variant, style, is_interoperability from api_meaning order by name"
    assert store.sql(said).fetchall() == [(name, *meaning) for name in sorted(names)]


@pytest.mark.parametrize("name", ["nn.relu", "Variable", "reduce_mean", "matmul"])
def test_what_every_variant_of_tensorflow_has_says_nothing(store: Store, name: str) -> None:
    given(store, "api_use", "scan_id path line name", [("s", "a.py", 1, f"tensorflow.{name}")])
    assert store.sql("from api_meaning").fetchall() == []


def test_the_links_that_a_later_run_reads_again_are_those_that_failed_or_are_short(
    store: Store,
) -> None:
    rows = store.sql("select distinct means from outcome_status where step = 'links' order by 1")
    assert rows.fetchall() == [("again",), ("answer",)]
    again = "select status from outcome_status where step = 'links' and means = 'again' order by 1"
    assert store.sql(again).fetchall() == [("failed",), ("short_link",)]


HE = {
    "ACL": (4, 332, 168, 2181),
    "CVPR": (6, 801, 464, 5768),
    "ECCV": (1, 105, 109, 776),
    "EMNLP": (4, 458, 165, 2310),
    "ICCV": (2, 266, 168, 1696),
    "ICLR": (5, 2130, 701, 7926),
    "ICML": (5, 451, 324, 4095),
    "NAACL": (2, 91, 83, 781),
    "NeurIPS": (6, 580, 431, 5985),
}


def test_hes_counts_have_the_sums_of_each_conference(store: Store) -> None:
    sums = "conference, count(*), sum(pytorch)::int, sum(tensorflow)::int, sum(papers)::int"
    rows = store.sql(f"select {sums} from he2019 group by conference").fetchall()
    assert {name: counts for name, *counts in rows} == {name: [*row] for name, row in HE.items()}


def test_hes_first_and_last_counts_of_a_conference_are_in_their_years(store: Store) -> None:
    rows = store.sql(
        """
        select
            conference,
            min(year),
            max(year),
            arg_min(pytorch, year),
            arg_max(pytorch, year),
            arg_max(tensorflow, year),
            min(month),
            max(month)
        from he2019
        group by conference
        order by conference
        """
    )
    assert rows.fetchall() == [
        ("ACL", 2017, 2020, 1, 172, 36, 8, 8),
        ("CVPR", 2015, 2020, 0, 418, 113, 6, 6),
        ("ECCV", 2018, 2018, 105, 105, 109, 9, 9),
        ("EMNLP", 2017, 2020, 5, 247, 35, 11, 11),
        ("ICCV", 2017, 2019, 3, 263, 112, 11, 11),
        ("ICLR", 2018, 2022, 28, 1091, 208, 5, 5),
        ("ICML", 2017, 2021, 4, 202, 58, 6, 6),
        ("NAACL", 2018, 2019, 18, 73, 33, 6, 6),
        ("NeurIPS", 2015, 2020, 0, 312, 94, 12, 12),
    ]


def test_events_happened_on_their_days(store: Store) -> None:
    days = store.sql("select title, happened_on::varchar from event order by happened_on")
    assert days.fetchall() == [
        ("TensorFlow released", "2015-11-09"),
        ("PyTorch released", "2017-01-18"),
        ("Theano's end announced", "2017-09-28"),
        ("PyTorch 1.0", "2018-12-07"),
        ("TensorFlow 2.0", "2019-09-30"),
        ("PyTorch Foundation", "2022-09-12"),
        ("PyTorch 2.0", "2023-03-15"),
        ("Papers with Code closes", "2025-07-24"),
    ]


AREAS = {
    "general": "AAAI ICASSP IJCAI JOSS KDD WWW",
    "learning": "ACML AISTATS AutoML COLT ICLR ICML NeurIPS UAI",
    "nlp": "AACL ACL COLING COLM CoNLL EACL EMNLP Findings of ACL Interspeech LREC NAACL "
    "NLP workshops TACL",
    "robotics": "CoRL ICRA IROS RSS",
    "vision": "3DV CVPR ECCV ICCV MICCAI WACV",
}


def test_every_venue_is_of_its_area(store: Store) -> None:
    rows = store.sql("select area, string_agg(venue, ' ' order by venue) from venue group by area")
    assert dict(rows.fetchall()) == AREAS


SHARED = (
    "keras.layers.Dense keras.Model random.normal distribute.MirroredStrategy Module "
    "config.experimental.set_memory_growth compat.v1.Session compat.v1.placeholder"
)
ALONE = "Session contrib.slim GradientTape function random.set_seed config.list_physical_devices"


@pytest.mark.parametrize(("names", "in_both"), [(SHARED, True), (ALONE, False)])
def test_names_that_both_variants_have(store: Store, names: str, in_both: bool) -> None:
    rows = [("s", "a.py", line, f"tensorflow.{name}") for line, name in enumerate(names.split())]
    given(store, "api_use", "scan_id path line name", rows)
    said = "select count(*), bool_and(in_both), bool_or(in_both) from api_meaning"
    assert store.sql(said).fetchall() == [(len(rows), in_both, in_both)]


NEUTRAL = (
    "keras.datasets.mnist keras.preprocessing.image tensorflow.keras.datasets torchvision.datasets "
    "torchvision.transforms torch.utils.data torch.utils.tensorboard baselines.logger "
    "baselines.common.vec_env.dummy_vec_env stable_baselines.common.vec_env"
)


@pytest.mark.parametrize("name", NEUTRAL.split())
def test_names_of_other_libraries_that_code_for_any_framework_uses(store: Store, name: str) -> None:
    given(store, "api_use", "scan_id path line name", [("s", "a.py", 1, name)])
    assert store.sql("select is_interoperability from api_meaning").fetchall() == [(True,)]


ZYGOTE = [("Zygote", "julia"), ("AutoGrad", "julia")]


@pytest.mark.parametrize(("module", "language"), ZYGOTE)
def test_a_library_for_derivatives_alone_means_no_framework(
    store: Store, module: str, language: str
) -> None:
    given(store, "import_fact", "module language", [(module, language)], scan_id="s")
    assert store.sql("from module_framework").fetchall() == []


SEVERAL = {
    "einops.layers.torch": "pytorch",
    "einops.layers.flax": "jax",
    "einops.layers.tensorflow": "tensorflow",
    "ray.train.torch": "pytorch",
    "ray.train.tensorflow": "tensorflow",
    "ray.rllib.models.torch.fcnet": "pytorch",
    "horovod.torch": "pytorch",
    "horovod.keras": "keras",
    "safetensors.flax": "jax",
    "sbx": "jax",
}


@pytest.mark.parametrize(("module", "framework"), SEVERAL.items())
def test_a_module_of_a_library_of_several_frameworks_tells_which(
    store: Store, module: str, framework: str
) -> None:
    given(store, "import_fact", "module", [(module,)], scan_id="s")
    assert store.sql("select framework from module_framework").fetchall() == [(framework,)]


@pytest.mark.parametrize("module", ["einops", "ray", "ray.tune", "horovod", "onnxruntime"])
def test_such_a_library_alone_tells_nothing(store: Store, module: str) -> None:
    given(store, "import_fact", "module", [(module,)], scan_id="s")
    assert store.sql("from module_framework").fetchall() == []


@pytest.mark.parametrize("name", ["nnet.layer", *TOOLBOX])
def test_a_function_of_matlabs_toolbox_that_is_looked_for_means_it(store: Store, name: str) -> None:
    given(store, "import_fact", "module language", [(name, "matlab")], scan_id="s")
    rows = store.sql("select framework from module_framework").fetchall()
    assert rows == [("matlab_dlt",)]
